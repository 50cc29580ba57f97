import { describe, expect, it } from 'vitest';
import { issuesOf, shownIssues } from '../../../../../support/templateIssues';

describe('unknown-action', () => {
  it('is told with what was meant', () => {
    expect(shownIssues('steps: [{ action: fetch:templat }, { action: no:such }]')).toEqual([
      `unknown-action steps.0.action: Template action with ID 'fetch:templat' is not registered. Did you mean "fetch:template" or "fetch:plain"?`.replace(
        ' or "fetch:plain"',
        '',
      ),
      "unknown-action steps.1.action: Template action with ID 'no:such' is not registered",
    ]);
    const [issue] = issuesOf('steps: [{ action: fetch:templat }]');
    expect(issue?.suggestions).toEqual(['fetch:template']);
  });

  it('is a hint of what is like no other: a plugin may bring it', () => {
    const found = issuesOf('steps: [{ action: fetch:templat }, { action: no:such }]');
    expect(found.map(({ severity }) => severity)).toEqual([undefined, 'hint']);
  });

  it.each(['steps: [{ action: acme:deploy }]', 'steps: [{ action: }]', 'steps: [{}]'])(
    'is not told of %s',
    spec => expect(shownIssues(spec)).toEqual([]),
  );
});

describe('invalid-action-input', () => {
  const PREFIX = 'Invalid input passed to action';

  it.each([
    [
      'what is missing',
      'fetch:template',
      '{ values: {} }',
      [`@steps.0.input: ${PREFIX} fetch:template, instance requires property "url"`],
    ],
    [
      'a misspelt name',
      'fetch:plain',
      '{ url: ., targetpath: x }',
      [
        `@steps.0.input.targetpath: ${PREFIX} fetch:plain, instance is not allowed to have the additional property "targetpath". Did you mean "targetPath"?`,
      ],
    ],
    [
      'a wrong type',
      'fetch:plain',
      '{ url: 5 }',
      [`steps.0.input.url: ${PREFIX} fetch:plain, instance.url is not of a type(s) string`],
    ],
    [
      'one of several types',
      'fetch:template',
      '{ url: ., templateFileExtension: [] }',
      [
        `steps.0.input.templateFileExtension: ${PREFIX} fetch:template, instance.templateFileExtension is not of a type(s) string,boolean`,
      ],
    ],
    [
      'what is in lists',
      'fs:rename',
      '{ files: [{ from: a, to: b }, { from: 1 }] }',
      [
        `@steps.0.input.files.1: ${PREFIX} fs:rename, instance.files[1] requires property "to"`,
        `steps.0.input.files.1.from: ${PREFIX} fs:rename, instance.files[1].from is not of a type(s) string`,
      ],
    ],
    [
      'a value that is none of those allowed',
      'publish:github',
      '{ repoUrl: x, repoVisibility: hidden }',
      [
        `steps.0.input.repoVisibility: ${PREFIX} publish:github, instance.repoVisibility is not one of enum values: private,public,internal`,
      ],
    ],
    [
      'what each variant misses',
      'catalog:register',
      '{ optional: true }',
      [
        `@steps.0.input: ${PREFIX} catalog:register, instance requires property "catalogInfoUrl" or "repoContentsUrl"`,
      ],
    ],
    [
      'the nearest variant',
      'catalog:register',
      '{ repoContentsUrl: x, catalogInfoPth: y }',
      [
        `@steps.0.input.catalogInfoPth: ${PREFIX} catalog:register, instance is not allowed to have the additional property "catalogInfoPth". Did you mean "catalogInfoPath"?`,
      ],
    ],
  ])('is told of %s', (_, action, input, expected) => {
    const found = shownIssues(`steps: [{ action: '${action}', input: ${input} }]`);
    expect(found).toEqual(expected.map(issue => `invalid-action-input ${issue}`));
  });

  it('is told at the action where nothing is passed', () => {
    expect(
      shownIssues("steps: [{ action: 'fetch:plain' }, { action: debug:log, input: }]"),
    ).toEqual([
      `invalid-action-input steps.0.action: ${PREFIX} fetch:plain, instance requires property "url"`,
    ]);
  });

  it.each([
    ['an expression', 'fetch:template', '{ url: "${{ user.ref }}", replace: "${{ true }}" }'],
    ['statements', 'fetch:template', '{ url: x, replace: "{% if true %}true{% endif %}" }'],
    ['a placeholder', 'fetch:template', '{ url: { $text: ./url.txt } }'],
    ['values of its own', 'fetch:template', '{ url: x, values: { any: [1, { deep: null }] } }'],
    ['a text that is dropped', 'fetch:template', '{ url: x, targetPath: "" }'],
    ['an action of which nothing is known', 'acme:do', '{ any: 1 }'],
    ['a variant', 'catalog:register', '{ catalogInfoUrl: x }'],
  ])('is not told of %s', (_, action, input) => {
    expect(shownIssues(`steps: [{ action: '${action}', input: ${input} }]`)).toEqual([]);
  });
});

describe('duplicate-step-id', () => {
  it('is told of the later step, of an id that Backstage gives as well', () => {
    const spec = `steps:
      - { id: a, action: acme:do }
      - { id: step-3, action: acme:do }
      - { action: acme:do }
      - { id: a, action: acme:do }`;
    const message = (id: string): string =>
      `Duplicate step id "${id}". steps.${id} is the step that ran last`;
    expect(shownIssues(spec)).toEqual([
      `duplicate-step-id steps.2: ${message('step-3')}`,
      `duplicate-step-id steps.3.id: ${message('a')}`,
    ]);
  });
});

describe('steps with the same id', () => {
  it('may be alternatives, each with a condition', () => {
    const spec = `parameters: { properties: { host: {} } }
steps:
      - { id: publish, action: acme:do, if: "\${{ parameters.host == 'a' }}" }
      - { id: publish, action: acme:do, if: "\${{ parameters.host == 'b' }}" }`;
    expect(shownIssues(spec)).toEqual([]);
  });

  it('are none where one always runs', () => {
    const spec = `parameters: { properties: { host: {} } }
steps:
      - { id: publish, action: acme:do, if: "\${{ parameters.host }}" }
      - { id: publish, action: acme:do }
      - { id: publish, action: acme:do, if: "\${{ parameters.host }}" }`;
    expect(shownIssues(spec).map(issue => issue.split(':')[0])).toEqual([
      'duplicate-step-id steps.1.id',
      'duplicate-step-id steps.2.id',
    ]);
  });
});

describe('invalid-step-condition', () => {
  const ALWAYS = 'if is text without an expression, which is always true';

  it.each([
    ['parameters.name', `${ALWAYS}. Did you mean "\${{ parameters.name }}"?`],
    ['"{{ parameters.name }}"', `${ALWAYS}. Did you mean "\${{ parameters.name }}"?`],
    ['"false"', `${ALWAYS}. Did you mean "\${{ false }}"?`],
    ['"only on Mondays, {maybe}"', ALWAYS],
  ])('is told of an if that says %s', (text, message) => {
    const parameters = 'parameters: { properties: { name: {} } }';
    const found = shownIssues(`{ ${parameters}, steps: [{ action: acme:do, if: ${text} }] }`);
    expect(found).toEqual([`invalid-step-condition steps.0.if: ${message}`]);
  });

  it.each(['true', '"true"', 'false', '""', '"${{ always() }}"', '"{% if true %}1{% endif %}"'])(
    'is not told of an if that says %s',
    text => expect(shownIssues(`steps: [{ action: acme:do, if: ${text} }]`)).toEqual([]),
  );

  it.each(['text', '5', 'null', '"${{ parameters.name }}"', '"${{ parameters.count }}"'])(
    'is told of an each over %s',
    each => {
      const spec = `
        parameters: { properties: { name: { type: string }, count: { type: integer } } }
        steps: [{ action: acme:do, each: ${each} }]`;
      expect(shownIssues(spec)).toEqual([
        'invalid-step-condition steps.0.each: Invalid value on action acme:do.each parameter, must resolve to an array or object',
      ]);
    },
  );

  it.each([
    '[1]',
    '{ a: b }',
    '"${{ parameters.list }}"',
    '"${{ parameters.picked }}"',
    '"${{ parameters.any }}"',
    '"${{ parameters.name | list }}"',
    '["${{ parameters.name }}"]',
  ])('is not told of an each over %s', each => {
    const spec = `
      parameters:
        properties:
          name: { type: string }
          list: { type: array }
          any: {}
          picked: { type: string, ui:field: OwnPicker }
      steps: [{ action: acme:do, each: ${each} }]`;
    expect(shownIssues(spec)).toEqual([]);
  });
});
