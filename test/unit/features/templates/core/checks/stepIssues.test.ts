import { describe, expect, it } from 'vitest';
import { issuesOf, shownIssues } from '../../../../../support/templateIssues';

describe('unknown-action', () => {
  it('is reported with suggestions', () => {
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

  it('is a hint without a similar action: a plugin may add it', () => {
    const found = issuesOf('steps: [{ action: fetch:templat }, { action: no:such }]');
    expect(found.map(({ severity }) => severity)).toEqual([undefined, 'hint']);
  });

  it.each(['steps: [{ action: acme:deploy }]', 'steps: [{ action: }]', 'steps: [{}]'])(
    'is not reported for %s',
    spec => expect(shownIssues(spec)).toEqual([]),
  );
});

describe('invalid-action-input', () => {
  const PREFIX = 'Invalid input passed to action';

  it.each([
    [
      'a missing property',
      'fetch:template',
      '{ values: {} }',
      [`@steps.0.input: ${PREFIX} fetch:template, instance requires property "url"`],
    ],
    [
      'a misspelled name',
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
      'items of lists',
      'fs:rename',
      '{ files: [{ from: a, to: b }, { from: 1 }] }',
      [
        `@steps.0.input.files.1: ${PREFIX} fs:rename, instance.files[1] requires property "to"`,
        `steps.0.input.files.1.from: ${PREFIX} fs:rename, instance.files[1].from is not of a type(s) string`,
      ],
    ],
    [
      'a value that is not allowed',
      'publish:github',
      '{ repoUrl: x, repoVisibility: hidden }',
      [
        `steps.0.input.repoVisibility: ${PREFIX} publish:github, instance.repoVisibility is not one of enum values: private,public,internal`,
      ],
    ],
    [
      'properties missing in each variant',
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
  ])('is reported for %s', (_, action, input, expected) => {
    const found = shownIssues(`steps: [{ action: '${action}', input: ${input} }]`);
    expect(found).toEqual(expected.map(issue => `invalid-action-input ${issue}`));
  });

  it('is reported at the action without an input', () => {
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
    ['an unknown action', 'acme:do', '{ any: 1 }'],
    ['a variant', 'catalog:register', '{ catalogInfoUrl: x }'],
  ])('is not reported for %s', (_, action, input) => {
    expect(shownIssues(`steps: [{ action: '${action}', input: ${input} }]`)).toEqual([]);
  });
});

describe('duplicate-step-id', () => {
  it('is reported at the later step, also for generated ids', () => {
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
  it('can be alternatives with conditions', () => {
    const spec = `parameters: { properties: { host: {} } }
steps:
      - { id: publish, action: acme:do, if: "\${{ parameters.host == 'a' }}" }
      - { id: publish, action: acme:do, if: "\${{ parameters.host == 'b' }}" }`;
    expect(shownIssues(spec)).toEqual([]);
  });

  it('are duplicates if one always runs', () => {
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
  ])('is reported for the if %s', (text, message) => {
    const parameters = 'parameters: { properties: { name: {} } }';
    const found = shownIssues(`{ ${parameters}, steps: [{ action: acme:do, if: ${text} }] }`);
    expect(found).toEqual([`invalid-step-condition steps.0.if: ${message}`]);
  });

  it.each(['true', '"true"', 'false', '""', '"${{ always() }}"', '"{% if true %}1{% endif %}"'])(
    'is not reported for the if %s',
    text => expect(shownIssues(`steps: [{ action: acme:do, if: ${text} }]`)).toEqual([]),
  );

  it.each(['text', '5', 'null', '"${{ parameters.name }}"', '"${{ parameters.count }}"'])(
    'is reported for each over %s',
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
  ])('is not reported for each over %s', each => {
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
