import { choice, type JsonSchema, list, map, text } from './jsonSchema';

const texts = (markdownDescription: string): JsonSchema => ({
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
  markdownDescription,
});

/** The inputs of a test; those of the fixture apply to all its tests. */
const setup: Readonly<Record<string, JsonSchema>> = {
  values: map(
    'What the form would give. Defaults are not filled in: a form does that, and not the run. Without it: nothing, or what the fixture has for all tests.',
  ),
  secrets: {
    type: 'object',
    additionalProperties: { type: 'string' },
    markdownDescription:
      'Secrets by name: invented ones, as they stand here for all to read. Without it: none, or those that the fixture has for all tests.',
  },
  user: text(
    'Who runs it, as a ref such as `user:default/ada`; the entity is looked up in `catalog`. Without it: nobody, or whom the fixture has for all tests.',
  ),
  catalog: {
    anyOf: [
      { type: 'string' },
      { type: 'array', items: { type: 'object', required: ['kind', 'metadata'] } },
    ],
    markdownDescription:
      'What `catalog:fetch` and `user` find: a list of entities, or the path of a folder whose catalog it is. Without it: nothing is found.',
  },
};

const file: JsonSchema = {
  type: ['string', 'null', 'object'],
  markdownDescription:
    'The whole content, or what is to be said of it. Nothing behind the path: the file is there.',
  additionalProperties: false,
  properties: {
    text: text('The whole content. Without it: any.'),
    contains: texts(
      'A text that stands somewhere in the file, or a list of such. Without it: none has to.',
    ),
    matches: texts(
      'A pattern that matches somewhere in the file, or a list of such. Without it: none has to.',
    ),
    absent: choice([true], 'There is no such file. Without it: there is one.'),
  },
};

const expectation: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  markdownDescription: 'What is to come of it. Without it: the template runs to its end.',
  properties: {
    status: choice(
      ['completed', 'failed'],
      'Without it: `failed` where an `error` is expected, else `completed`.',
    ),
    error: text(
      'Why it fails: the whole message, or between slashes a pattern that matches somewhere in it. Without it: any message, where the run fails.',
    ),
    output: map('Outputs by name, each as a whole; there may be others. Without it: any.'),
    files: {
      type: 'object',
      markdownDescription: 'Files by their paths, or a folder of golden files. Without it: any.',
      properties: {
        golden: text(
          'A folder below that of the fixture, with all files that are made and no others. `callboard template test --update` brings it up to date. Without it: files by their paths.',
        ),
        only: choice([true], 'There are no other files. Without it: there may be others.'),
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
      'The path of what is tested, a file or a folder. Without it: the `template.yaml` beside the fixture.',
    ),
    ...setup,
    tests: list('The tests, each with a name of its own. Without it nothing is tested.', {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: {
          type: 'string',
          minLength: 1,
          markdownDescription: 'What the test is about. Without it the test is not run.',
        },
        ...setup,
        expect: expectation,
      },
    }),
  },
};
