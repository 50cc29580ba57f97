import { choice, type JsonSchema, list, map, text } from './jsonSchema';

const texts = (markdownDescription: string): JsonSchema => ({
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
  markdownDescription,
});

/** The inputs of a test; those of the fixture apply to all its tests. */
const setup: Readonly<Record<string, JsonSchema>> = {
  values: map(
    "The values of the form. Defaults aren't filled in, because the form does that, not the run. Default: none, or those of the fixture for all tests.",
  ),
  secrets: {
    type: 'object',
    additionalProperties: { type: 'string' },
    markdownDescription:
      'Secrets by name; use fake ones, because they are readable here. Default: none, or those of the fixture for all tests.',
  },
  user: text(
    'The user who runs the template, as a ref such as `user:default/ada`; the entity is looked up in `catalog`. Default: none, or that of the fixture for all tests.',
  ),
  catalog: {
    anyOf: [
      { type: 'string' },
      { type: 'array', items: { type: 'object', required: ['kind', 'metadata'] } },
    ],
    markdownDescription:
      'The catalog for `catalog:fetch` and `user`: a list of entities, or the path of a folder with a catalog. Default: empty.',
  },
};

const file: JsonSchema = {
  type: ['string', 'null', 'object'],
  markdownDescription:
    'The whole content, or conditions for it. An empty value means that the file exists.',
  additionalProperties: false,
  properties: {
    text: text('The whole content. Default: any.'),
    contains: texts('A text that the file contains, or a list of texts. Default: none.'),
    matches: texts('A pattern that matches in the file, or a list of patterns. Default: none.'),
    absent: choice([true], "The file doesn't exist. Default: it exists."),
  },
};

const expectation: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  markdownDescription: 'The expected result. Default: the template completes.',
  properties: {
    status: choice(
      ['completed', 'failed'],
      'Default: `failed` if an `error` is expected, otherwise `completed`.',
    ),
    error: text(
      'The error: the whole message, or a pattern between slashes that matches in it. Default: any message.',
    ),
    output: map('Outputs by name, with their whole value; there can be others. Default: any.'),
    files: {
      type: 'object',
      markdownDescription: 'Files by path, or a folder of golden files. Default: any.',
      properties: {
        golden: text(
          'A folder below that of the fixture, with exactly the created files. `callboard template test --update` updates it. Default: files by path.',
        ),
        only: choice([true], 'No other files are created. Default: there can be others.'),
      },
      additionalProperties: file,
    },
  },
};

/** Schema of `*.callboard-test.yaml`, which has the expected output of a Template. See docs/templates.md. */
export const templateTestSchema: JsonSchema = {
  type: 'object',
  required: ['tests'],
  additionalProperties: false,
  properties: {
    template: text(
      'The path of the tested template, a file or a folder, or the ref of a template of a plugin. Default: the `template.yaml` beside the fixture.',
    ),
    ...setup,
    tests: list('The tests, with unique names. Required.', {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: {
          type: 'string',
          minLength: 1,
          markdownDescription: 'The name of the test. Required.',
        },
        ...setup,
        expect: expectation,
      },
    }),
  },
};
