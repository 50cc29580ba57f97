import { expect, it } from 'vitest';
import { drawn, drawnProblems, outlineOf } from './support';

const pets = `openapi: 3.0.3
info:
  title: Pets
  version: 1.2.0
servers:
  - url: https://pets.example.com/v1
tags:
  - name: pets
    description: All about pets
paths:
  /pets/{id}:
    parameters:
      - name: id
        in: path
        required: true
        schema: { type: string, format: uuid }
    get:
      tags: [pets]
      summary: One pet
      operationId: getPet
      parameters:
        - name: fields
          in: query
          description: What to give
          schema:
            type: array
            items: { type: string, enum: [name, age] }
      responses:
        '200':
          description: The pet
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Pet'
        default:
          description: Something else
    delete:
      tags: [pets]
      deprecated: true
      responses:
        '204':
          description: It is gone
  /stores:
    post:
      summary: Open a store
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: { type: string, minLength: 1, example: Paws }
            example: { name: Paws }
      responses:
        '201':
          description: It is open
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
        parent:
          $ref: '#/components/schemas/Pet'
        toys:
          type: array
          items:
            $ref: '#/components/schemas/Toy'
    Toy:
      type: string
      enum: [ball, bone]
      description: Something to play with
`;

it('lists operations by tag or path with their lines', async () => {
  const outline = await outlineOf(pets);
  expect(outline).toMatchObject({ format: 'OpenAPI 3.0.3', title: 'Pets', version: '1.2.0' });
  expect(drawnProblems(outline)).toEqual([]);
  expect(drawn(outline.operations)).toBe(`pets — 2 · All about pets @8
  GET /pets/{id} — One pet @17
    ()
    (Parameters)
      id — path · string (uuid) · required @13
      fields — query · string[] · name | age · What to give @22
    (Responses)
      200 The pet @29
        application/json — Pet @32
          name — string · required @65
          parent — Pet · as above @66
          toys — Toy[] · ball | bone @68
      default Something else @35
  DELETE /pets/{id} — deprecated @37
    (Parameters)
      id — path · string (uuid) · required @13
    (Responses)
      204 It is gone @41
/stores — 1
  POST /stores — Open a store @44
    (Request Body)
      application/json — object @49
        name — string · required · length ≥ 1 @54
    (Responses)
      201 It is open @57`);
});

it('outlines schemas and stops at recursive ones', async () => {
  const { types } = await outlineOf(pets);
  expect(drawn(types)).toBe(`Pet — object @61
  name — string · required @65
  parent — Pet · as above @66
  toys — Toy[] · ball | bone @68
Toy — string · ball | bone · Something to play with @72`);
});

it('reads Swagger 2.0', async () => {
  const outline = await outlineOf(`swagger: '2.0'
info: { title: Old, version: '1' }
host: old.example.com
basePath: /v1
schemes: [https]
paths:
  /things:
    post:
      parameters:
        - { name: limit, in: query, type: integer, maximum: 100 }
        - name: thing
          in: body
          required: true
          schema: { $ref: '#/definitions/Thing' }
      responses:
        200: { description: Made, schema: { $ref: '#/definitions/Thing' } }
definitions:
  Thing: { type: object, properties: { id: { type: integer, format: int64 } } }
`);
  expect(drawnProblems(outline)).toEqual([]);
  expect(outline.format).toBe('Swagger 2.0');
  expect(outline.fields[0]?.value).toEqual([{ type: 'code', text: 'https://old.example.com/v1' }]);
  expect(drawn(outline.operations)).toBe(`POST /things @8
  (Parameters)
    limit — query · integer · ≤ 100 @10
  (Request Body)
    thing — Thing @18
      id — integer (int64) @18
  (Responses)
    200 Made @16
      Thing — Thing @18
        id — integer (int64) @18`);
});

it('reads JSON and webhooks of OpenAPI 3.1', async () => {
  const outline = await outlineOf(
    JSON.stringify(
      {
        openapi: '3.1.0',
        info: { title: 'Hooks', version: '1' },
        webhooks: { made: { post: { responses: { '200': { description: 'Fine' } } } } },
      },
      undefined,
      2,
    ),
  );
  expect(drawnProblems(outline)).toEqual([]);
  expect(drawn(outline.operations)).toBe('POST made @9\n  (Responses)\n    200 Fine @11');
});

const invalid: readonly { name: string; text: string; problems: readonly string[] }[] = [
  {
    name: 'a missing property',
    text: `openapi: 3.0.0\ninfo:\n  title: A\npaths: {}\n`,
    problems: ['warning 3:3 The property "version" is missing'],
  },
  {
    name: 'an unknown property',
    text: `openapi: 3.0.0\ninfo: { title: A, version: '1' }\npaths:\n  /a:\n    get:\n      sumary: x\n      responses: { '200': { description: x } }\n`,
    problems: ['warning 6:7 The property "sumary" is not expected here'],
  },
  {
    name: 'an unknown property in 3.1',
    text: `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths:\n  /a:\n    get:\n      sumary: x\n      responses: { '200': { description: x } }\n`,
    problems: ['warning 6:7 The property "sumary" is not expected here'],
  },
  {
    name: 'a broken reference',
    text: `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '200': { $ref: '#/components/responses/Ok' }\n`,
    problems: [`warning 7:24 "#/components/responses/Ok" doesn't exist in this document`],
  },
  {
    name: 'a wrong type among alternatives',
    text: `openapi: 3.0.0\ninfo: { title: A, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A: { type: strin }\n`,
    problems: [
      'warning 6:16 Must be one of "array", "boolean", "integer", "number", "object", "string"',
    ],
  },
  {
    name: 'broken YAML',
    text: `openapi: 3.0.0\ninfo: { title: A, version: '1'\npaths: {}\n`,
    problems: [
      'warning 3:1 Flow map in block collection must be sufficiently indented and end with a }',
    ],
  },
  {
    name: 'a duplicate key',
    text: `openapi: 3.0.0\ninfo: { title: A, version: '1' }\npaths: {}\npaths: {}\n`,
    problems: ['warning 4:1 Map keys must be unique'],
  },
  {
    name: 'no version',
    text: `info: {}\n`,
    problems: ['warning 1:1 The property "openapi" with the version is missing'],
  },
  { name: 'nothing', text: ``, problems: ["warning 1:1 This isn't an API definition"] },
];

it.each(invalid)('reports the position of $name', async ({ text, problems }) => {
  expect(drawnProblems(await outlineOf(text)).slice(0, problems.length)).toEqual(problems);
});

it('reports dangling references except in examples and defaults', async () => {
  const outline = await outlineOf(`openapi: 3.0.3
info: { title: A, version: '1' }
paths:
  /a:
    get:
      responses:
        default: { $ref: '#/components/responses/None' }
        '200':
          description: Fine
          content: { a/b: { example: { $ref: '#/data' }, schema: { default: { $ref: '#/data' } } } }
components:
  schemas:
    A:
      properties:
        default: { $ref: '#/components/schemas/None' }
        properties: { example: { $ref: '#/data' } }
`);
  expect(drawnProblems(outline)).toEqual([
    `warning 7:26 "#/components/responses/None" doesn't exist in this document`,
    `warning 15:26 "#/components/schemas/None" doesn't exist in this document`,
  ]);
});
