import { describe, expect, it } from 'vitest';
import { issuesOf, shownIssues } from '../../../../../support/templateIssues';

/** A template with parameters `name`, `repo.owner` and `tags`, and a step whose input is given. */
function withInput(input: string): string {
  return `
    parameters:
      properties:
        name: { type: string }
        repo: { type: object, properties: { owner: {} } }
        tags: { type: array }
    steps:
      - { id: read, action: fs:readdir, input: { paths: [.] } }
      - { id: fetch-base, action: acme:fetch, each: [1] }
      - id: own
        action: acme:do
        input:
          x: ${JSON.stringify(input)}
      - { id: later, action: acme:do }`;
}

describe('expressions', () => {
  it.each([
    [
      '${{ parameters.name',
      'expression-syntax',
      '${{ parameters.name',
      'Unterminated variable tag',
    ],
    ['[${{ user.ref }}]{#a}', 'expression-syntax', '{#a}', 'Unterminated comment tag'],
    ['a ${{ parameters.name || "b" }}', 'expression-syntax', '|', 'Expected name, received "|"'],
    [
      '${{ parameters.name | uper }}',
      'unknown-filter',
      'uper',
      'Unknown template filter "uper". Did you mean "upper"?',
    ],
    [
      '${{ parameters.nmae }}',
      'unresolved-expression',
      'nmae',
      'parameters.nmae is not a parameter of this template. Did you mean "name"?',
    ],
    [
      "${{ parameters['other'] }}",
      'unresolved-expression',
      'other',
      'parameters.other is not a parameter of this template',
    ],
    [
      '${{ parameters.repo.ownr }}',
      'unresolved-expression',
      'ownr',
      'parameters.repo.ownr does not exist. Did you mean "owner"?',
    ],
    [
      '${{ steps.red.output }}',
      'unresolved-expression',
      'red',
      'steps.red is not a step of this template. Did you mean "read"?',
    ],
    [
      '${{ steps.later.output.x }}',
      'unresolved-expression',
      'later',
      'steps.later comes later, so it has no output yet',
    ],
    [
      '${{ steps.own.output.x }}',
      'unresolved-expression',
      'own',
      'steps.own is this step itself, so it has no output yet',
    ],
    [
      '${{ steps.read.outputs.files }}',
      'unresolved-expression',
      'outputs',
      'steps.read has output, but no outputs. Did you mean "output"?',
    ],
    [
      '${{ steps.read.output.file }}',
      'unresolved-expression',
      'file',
      'steps.read.output.file does not exist. Did you mean "files"?',
    ],
    [
      '${{ values.name }}',
      'unresolved-expression',
      'values',
      'values is not available in a template. Did you mean "parameters"?',
    ],
    [
      '${{ name }}',
      'unresolved-expression',
      'name',
      'name is not available in a template. Did you mean "parameters.name"?',
    ],
    [
      '${{ parameter.name }}',
      'unresolved-expression',
      'parameter',
      'parameter is not available in a template. Did you mean "parameters"?',
    ],
    [
      '${{ each.value }}',
      'unresolved-expression',
      'each',
      'each is available only in the input and if of a step with each',
    ],
  ])('have mistakes: %s', (text, code, part, message) => {
    const found = shownIssues(withInput(text));
    expect(found).toEqual([`${code} steps.2.input.x[${part}]: ${message}`]);
  });

  it('report step ids that are read as a subtraction', () => {
    const found = shownIssues(withInput('${{ steps.fetch-base.output.x }}'));
    expect(found[0]).toBe(
      `unresolved-expression steps.2.input.x[steps.fetch]: steps.fetch is not a step of this template. Write names with "-" in brackets: steps['fetch-base']`,
    );
  });

  it('report parameter names that are read as a subtraction', () => {
    const spec = `
      parameters: { properties: { repo-url: {} } }
      steps: [{ action: acme:do, input: { x: "\${{ parameters.repo-url }}" } }]`;
    expect(shownIssues(spec)[0]).toBe(
      `unresolved-expression steps.0.input.x[parameters.repo]: parameters.repo is not a parameter of this template. Write names with "-" in brackets: parameters['repo-url']`,
    );
  });

  it.each([
    'text',
    '${{ parameters.name.length }}',
    '${{ parameters.name.toUpperCase() }}',
    '${{ parameters.tags[0].any.thing }}',
    '${{ parameters[user.ref] }}',
    '${{ parameters | dump }}',
    '${{ parameters.other is defined }}',
    "${{ parameters.other | default('x') }}",
    'see [below]{#anchor}',
    "${{ steps['read'].output.files[0].name }}",
    "${{ steps['fetch-base'].output.anything }}",
    '${{ steps.read.output }}',
    '${{ steps }}',
    '${{ secrets.ANY }}',
    '${{ user.entity.metadata.name }}',
    '${{ context.task.id }}',
    '${{ environment.parameters.region }}',
    '{% for tag in parameters.tags %}${{ tag.x }}${{ loop.index }}{% endfor %}',
    '{% set x = 1 %}${{ x }}',
    '${{ range(3) | join }}',
    '${{ "github.com?repo=a&owner=b" | parseRepoUrl | pick("owner") }}',
  ])('have no issues: %s', text => expect(shownIssues(withInput(text))).toEqual([]));

  it.each([
    ['${{ parameters.name | uper }}', undefined],
    ['${{ parameters.name | slugOfAcme }}', 'hint'],
    ['${{ parameter.name }}', undefined],
    ['${{ values.any }}', undefined],
    ['${{ acme.domain }}', 'hint'],
    ['${{ today() }}', 'hint'],
  ])('have hints for names that a plugin may add: %s', (text, severity) => {
    const found = issuesOf(withInput(text)).filter(({ code }) => code !== 'unused-parameter');
    expect(found.map(issue => issue.severity)).toEqual([severity]);
  });

  it('can use each in the input and the if of a step with each', () => {
    const spec = (each: string, rest: string): string =>
      `steps: [{ action: acme:do, each: ${each}, ${rest} }]`;
    const uses = `if: "\${{ each.key }}", input: { x: "\${{ each.value.y }}" }`;
    expect(shownIssues(spec('[1]', uses))).toEqual([]);
    expect(shownIssues(spec('["${{ each.key }}"]', 'input: { x: "${{ each.index }}" }'))).toEqual([
      'unresolved-expression steps.0.each.0[each]: each is available only in the input and if of a step with each',
      'unresolved-expression steps.0.input.x[index]: each has key and value, but no index',
    ]);
  });

  it('can use secrets in the input, and with each also in an if', () => {
    const text = '"${{ secrets.TOKEN }}"';
    const NO_SECRETS = 'secrets are available only in the input of steps';
    const spec = `
      steps:
        - { action: acme:do, if: ${text} }
        - { action: acme:do, if: ${text}, each: [1], input: { x: ${text} } }
      output: { x: ${text} }`;
    expect(shownIssues(spec)).toEqual([
      `unresolved-expression steps.0.if[secrets]: ${NO_SECRETS}`,
      `unresolved-expression output.x[secrets]: ${NO_SECRETS}`,
    ]);
  });

  it('can use all steps in the output', () => {
    const spec = `
      steps: [{ id: last, action: acme:do }]
      output: { x: "\${{ steps.last.output.y }}", z: "\${{ steps.lost.output }}" }`;
    expect(shownIssues(spec)).toEqual([
      'unresolved-expression output.z[lost]: steps.lost is not a step of this template. Did you mean "last"?',
    ]);
  });

  it.each(['formDecorators', 'EXPERIMENTAL_formDecorators'])(
    'can use parameters that %s add',
    field => {
      const steps = 'steps: [{ action: acme:do, input: { x: "${{ parameters.a }}" } }]';
      const parameters = 'parameters: { properties: { other: {} } }';
      expect(shownIssues(`${parameters}\n${steps}`)).toHaveLength(1);
      const decorators = `${field}: [{ id: acme }]`;
      expect(shownIssues(`${decorators}\n${parameters}\n${steps}`)).toEqual([]);
    },
  );

  it('can use parameters named in options of custom fields', () => {
    const spec = (field: string): string => `
      parameters:
        properties:
          deployment:
            ui:field: ${field}
            ui:options: { nameField: name, others: [{ cluster: cluster.name }] }
      steps:
        - action: acme:do
          input: { x: "\${{ parameters.name }}", y: "\${{ parameters.cluster.id }}" }`;
    expect(shownIssues(spec('AcmePicker'))).toEqual([]);
    expect(shownIssues(spec('EntityPicker'))).toHaveLength(2);
  });

  it('can use steps from other files', () => {
    const spec = `steps: [{ $yaml: ./steps.yaml }, { action: acme:do, input: { x: "\${{ steps.a.output }}" } }]`;
    expect(shownIssues(spec)).toEqual([]);
  });
});
