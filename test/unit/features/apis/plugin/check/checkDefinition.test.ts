import { expect, it } from 'vitest';
import { english } from '../../../../../../src/base';
import { isSurelyValid } from '../../../../../../src/features/apis/core/check/isSurelyValid';
import { checkDefinition } from '../../../../../../src/features/apis/core/check/checkDefinition';
import { outlineOf } from '../support';

const valid = `openapi: 3.0.3
info:
  title: Orders
  version: '1'
paths:
  /orders:
    get:
      responses:
        '200':
          description: All of them
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Order'
components:
  schemas:
    Order:
      type: object
`;

const definitions: readonly (readonly [name: string, definition: string, type?: string])[] = [
  ['no problems', valid],
  ['JSON', JSON.stringify({ openapi: '3.1.0', info: { title: 'a', version: '1' }, paths: {} })],
  [
    'a duplicate key in JSON',
    '{"openapi": "3.1.0", "info": 1, "info": {"title": "a", "version": "1"}}',
  ],
  ['a broken reference', valid.replace("schemas/Order'", "schemas/Other'")],
  [
    'a reference to a reference',
    valid.replace('type: object', "$ref: '#/components/schemas/Order'"),
  ],
  ['a reference in an example', valid.replace('type: object', "example: { $ref: '#/nothing' }")],
  ['an unknown property', valid.replace('      responses:', '      sumary: a\n      responses:')],
  [
    'a duplicate key',
    valid.replace('      type: object', '      type: object\n      type: object'),
  ],
  ['a tab', valid.replace('  title', '\ttitle')],
  ['an anchor', valid.replace('type: object', '&a\n      type: object')],
  ['another version', valid.replace('3.0.3', '4.0.0')],
  ['a number as version', valid.replace('3.0.3', '3.0')],
  ['no version', valid.replace('openapi: 3.0.3\n', '')],
  ['no version, and no type', valid.replace('openapi: 3.0.3\n', ''), 'other'],
  ['two documents', `${valid}---\na: b\n`],
  ['a list', '- a\n- b\n'],
  ['a text', 'Orders and more'],
  ['GraphQL', 'type Query {\n  a: Nothing\n}\n', 'graphql'],
  ['invalid GraphQL', valid, 'graphql'],
  ['nested deeply', `openapi: 3.0.3\nx-a: ${'['.repeat(300)}${']'.repeat(300)}\n`],
  ['nested deeply, in JSON', `{"openapi": "3.0.3", "x-a": ${'['.repeat(300)}${']'.repeat(300)}}`],
  ['too large', `openapi: 3.0.3\nx-a: ${'a'.repeat(5_000_001)}\n`],
];

it.each(
  definitions.map(([name, definition, type = 'openapi']) => [name, definition, type] as const),
)("finds the outline's problems in a definition with %s", async (_, definition, type) => {
  const { problems } = await outlineOf(definition, type);
  const judged = await checkDefinition({ definition, type }, { translate: english });
  expect(judged).toEqual(problems);
  expect(
    await checkDefinition({ definition, type }, { translate: english, mayBlock: true }),
  ).toEqual(problems);
});

it('validates a valid definition without positions', async () => {
  expect(await isSurelyValid({ definition: valid, type: 'openapi' }, 1000)).toBe(true);
});
