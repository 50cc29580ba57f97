import { describe, expect, it } from 'vitest';
import { shownIssues } from '../../../../../support/templateIssues';

describe('unknown-required-parameter', () => {
  it('is reported for a name that the page has no field for', () => {
    const spec = `
      parameters:
        - { properties: { title: {} } }
        - required: [name, ownr, late]
          properties: { owner: {} }
          dependencies: { owner: { oneOf: [{ properties: { late: {} } }] } }`;
    expect(shownIssues(spec)).toEqual([
      'unknown-required-parameter parameters.1.required.0: The page requires "name", but has no field for it',
      'unknown-required-parameter parameters.1.required.1: The page requires "ownr", but has no field for it. Did you mean "owner"?',
    ]);
  });

  it('is reported if only a later page has the field', () => {
    const spec = 'parameters: [{ required: [a], properties: {} }, { properties: { a: {} } }]';
    expect(shownIssues(spec)).toEqual([
      'unknown-required-parameter parameters.0.required.0: The page requires "a", but has no field for it',
    ]);
  });

  it('is not reported if an earlier page has the field', () => {
    const spec = `parameters:
        - { properties: { a: {} } }
        - { required: [a, b], properties: { b: {} } }`;
    expect(shownIssues(spec)).toEqual([]);
  });

  it('is not reported if a placeholder may add the field', () => {
    expect(shownIssues('parameters: { required: [a], properties: { $yaml: ./a.yaml } }')).toEqual(
      [],
    );
  });
});

describe('unused-parameter', () => {
  const unused = (parameters: string, rest = ''): readonly string[] =>
    shownIssues(`parameters: ${parameters}\nsteps: [{ action: acme:do, ${rest} }]`, {
      withUnused: true,
    });

  it('is reported at the name', () => {
    expect(unused('{ properties: { a: {}, b: { ui:field: OwnerPicker } } }')).toEqual([
      'unused-parameter @parameters.properties.a: Parameter a is never used',
      'unused-parameter @parameters.properties.b: Parameter b is never used',
    ]);
  });

  it.each([
    ['an input', '{ properties: { a: {} } }', 'input: { x: "${{ parameters.a }}" }'],
    ['a condition', '{ properties: { a: {} } }', 'if: "${{ parameters.a }}"'],
    ['all of them', '{ properties: { a: {} } }', 'input: { x: "${{ parameters }}" }'],
    ['any of them', '{ properties: { a: {} } }', 'input: { x: "${{ parameters[user.ref] }}" }'],
    ['a page', '{ when: "${{ parameters.a }}", properties: { a: {} } }', ''],
    ['a secret', '{ properties: { a: { ui:field: Secret } } }', 'input: { x: "${{ secrets.a }}" }'],
    ['dependencies', '{ properties: { a: {} }, dependencies: { a: {} } }', ''],
    ['a condition of the form', '{ properties: { a: {} }, if: { properties: { a: {} } } }', ''],
    [
      'another field',
      '{ properties: { a: {}, b: { ui:field: Own, ui:options: { path: "/${{ parameters.a }}" } } } }',
      '',
    ],
    [
      'a broken expression, perhaps',
      '{ properties: { a: {} } }',
      'input: { x: "${{ parameters." }',
    ],
  ])('is not reported if the parameter is used by %s', (_, parameters, rest) => {
    expect(unused(parameters, rest).filter(issue => issue.startsWith('unused'))).toEqual([]);
  });

  it.each(['{ ui:field: OwnField }', '{ type: "null" }', '{ ui:widget: hidden }'])(
    "is not reported for %s, which steps don't use",
    schema => expect(unused(`{ properties: { a: ${schema} } }`)).toEqual([]),
  );
});
