import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  isTemplate,
  type SchemaProperties,
  type TemplateModel,
  templateModel,
  templateTexts,
} from '../../../../../src/features/templates/core';

function modelOf(spec: string): TemplateModel {
  return templateModel({ spec: parse(spec) as unknown });
}

/** Names with their properties in brackets, and `…` if there may be others. */
function shown({ named, isOpen }: SchemaProperties): string {
  const names = [...named.values()].map(({ name, properties }) => {
    const inner = shown(properties);
    return inner === '…' ? name : `${name}(${inner})`;
  });
  return [...names, ...(isOpen ? ['…'] : [])].join(' ');
}

describe('isTemplate', () => {
  it('checks kind and apiVersion', () => {
    const template = { apiVersion: 'scaffolder.backstage.io/v1beta3', kind: 'Template' };
    expect(isTemplate(template)).toBe(true);
    expect(isTemplate({ ...template, kind: 'Component' })).toBe(false);
    expect(isTemplate({ ...template, apiVersion: 'backstage.io/v1beta2' })).toBe(false);
    expect(isTemplate('Template')).toBe(false);
  });
});

describe('parameters of a template', () => {
  it.each([
    ['one page', '{ parameters: { properties: { a: {}, b: {} } } }', 'a b'],
    ['pages', '{ parameters: [{ properties: { a: {} } }, { properties: { b: {} } }] }', 'a b'],
    ['none', '{}', ''],
    [
      'dependencies with branches',
      `parameters:
        properties: { a: {} }
        dependencies:
          a: { oneOf: [{ properties: { a: {}, b: {} } }, { properties: { c: {} } }] }
          d: [e]`,
      'a b c',
    ],
    [
      'all keywords that hold branches',
      `parameters:
        allOf: [{ properties: { a: {} } }, { anyOf: [{ properties: { b: {} } }] }]
        if: { properties: { c: {} } }
        then: { properties: { d: {} } }
        else: { oneOf: [{ properties: { e: {} } }] }
        dependentSchemas: { a: { properties: { f: {} } } }`,
      'a b c d e f',
    ],
    [
      'objects',
      '{ parameters: { properties: { a: { properties: { b: { properties: { c: {} } } } } } } }',
      'a(b(c))',
    ],
    [
      'an object that a custom field gives',
      '{ parameters: { properties: { a: { ui:field: Own, properties: { b: {} } } } } }',
      'a(b …)',
    ],
    [
      'an object missing in one branch',
      `parameters:
        properties: { a: { properties: { b: {} } } }
        anyOf: [{ properties: { a: {} } }]`,
      'a(b …)',
    ],
    ['additionalProperties', '{ parameters: { additionalProperties: { type: string } } }', '…'],
    ['no additionalProperties', '{ parameters: { additionalProperties: false } }', ''],
    ['a placeholder', '{ parameters: { $yaml: ./parameters.yaml } }', '…'],
    ['a page of a placeholder', '{ parameters: [{ $yaml: ./page.yaml }] }', '…'],
    [
      'properties of a placeholder',
      '{ parameters: { properties: { $yaml: ./p.yaml } } }',
      '$yaml …',
    ],
    ['something else', '{ parameters: [{ properties: { a: {} } }, page] }', 'a …'],
    ['a property without a schema', '{ parameters: { properties: { a: } } }', 'a'],
  ])('are those of %s', (_, spec, expected) => {
    expect(shown(modelOf(spec).parameters)).toBe(expected);
  });

  it('have the paths of their definitions', () => {
    const { parameters, pages } = modelOf(`parameters:
      - required: [a, 1]
        when: \${{ parameters.b }}
        properties: { a: { title: A } }
      - dependencies: { a: { oneOf: [{ properties: { a: {} } }] } }`);
    const [page] = pages;
    const first = ['spec', 'parameters', 0];
    expect(page?.required).toEqual([{ name: 'a', path: [...first, 'required', 0] }]);
    expect(page?.when).toEqual({ value: '${{ parameters.b }}', path: [...first, 'when'] });
    expect(parameters.named.get('a')?.definitions).toEqual([
      { path: [...first, 'properties', 'a'], schema: { title: 'A' } },
      {
        path: ['spec', 'parameters', 1, 'dependencies', 'a', 'oneOf', 0, 'properties', 'a'],
        schema: {},
      },
    ]);
  });

  it('end in a circular schema', () => {
    const { parameters } = modelOf(
      'parameters: { properties: { a: &a { properties: { a: *a } } } }',
    );
    const depthOf = ({ named }: SchemaProperties): number =>
      1 + Math.max(0, ...[...named.values()].map(({ properties }) => depthOf(properties)));
    expect(depthOf(parameters)).toBeLessThan(30);
  });
});

describe('secrets of a template', () => {
  it('are declared or requested by fields', () => {
    const { secrets } = modelOf(`
      secrets: { schema: { properties: { TOKEN: {} } } }
      parameters:
        properties:
          password: { ui:field: Secret }
          repoUrl:
            ui:field: RepoUrlPicker
            ui:options: { requestUserCredentials: { secretsKey: USER_TOKEN } }`);
    const properties = ['spec', 'parameters', 'properties'];
    expect([...secrets]).toEqual([
      ['TOKEN', ['spec', 'secrets', 'schema', 'properties', 'TOKEN']],
      ['password', [...properties, 'password']],
      [
        'USER_TOKEN',
        [...properties, 'repoUrl', 'ui:options', 'requestUserCredentials', 'secretsKey'],
      ],
    ]);
  });
});

describe('steps of a template', () => {
  it('have the ids that Backstage generates', () => {
    const { steps, hasUnknownSteps } = modelOf(`
      steps:
        - { id: fetch, name: Fetch, action: fetch:plain, input: { url: . } }
        - { action: debug:log, if: '\${{ true }}', each: [1] }
        - { id: 3, action: [] }`);
    expect(hasUnknownSteps).toBe(false);
    expect(steps).toEqual([
      {
        index: 0,
        path: ['spec', 'steps', 0],
        id: 'fetch',
        isIdWritten: true,
        name: 'Fetch',
        action: 'fetch:plain',
        input: { value: { url: '.' }, path: ['spec', 'steps', 0, 'input'] },
      },
      {
        index: 1,
        path: ['spec', 'steps', 1],
        id: 'step-2',
        isIdWritten: false,
        action: 'debug:log',
        if: { value: '${{ true }}', path: ['spec', 'steps', 1, 'if'] },
        each: { value: [1], path: ['spec', 'steps', 1, 'each'] },
      },
      { index: 2, path: ['spec', 'steps', 2], id: 'step-3', isIdWritten: false },
    ]);
  });

  it.each([
    ['{}', false],
    ['{ steps: [] }', false],
    ['{ steps: [{ action: a:b }] }', false],
    ['{ steps: { $yaml: ./steps.yaml } }', true],
    ['{ steps: [{ $yaml: ./step.yaml }] }', true],
    ['{ steps: [a] }', true],
  ])('may be unknown: %s', (spec, expected) => {
    expect(modelOf(spec).hasUnknownSteps).toBe(expected);
  });
});

describe('texts of a template', () => {
  it('are those that Backstage renders, with their place', () => {
    const model = modelOf(`
      parameters: { when: w, title: not rendered }
      steps:
        - id: a
          name: not rendered
          action: not:rendered
          if: i
          each: [e]
          input: { key: [x, { deep: y }], number: 1 }
      output: { links: [{ url: o }] }`);
    const texts = templateTexts(model).map(({ text, path, place, step }) => [
      text,
      path.join('.'),
      place,
      step?.id,
    ]);
    expect(texts).toEqual([
      ['w', 'spec.parameters.when', 'when', undefined],
      ['i', 'spec.steps.0.if', 'if', 'a'],
      ['e', 'spec.steps.0.each.0', 'each', 'a'],
      ['x', 'spec.steps.0.input.key.0', 'input', 'a'],
      ['y', 'spec.steps.0.input.key.1.deep', 'input', 'a'],
      ['o', 'spec.output.links.0.url', 'output', undefined],
    ]);
  });

  it('end in a circular input', () => {
    expect(templateTexts(modelOf('steps: [{ input: &i { a: x, b: *i } }]'))).toHaveLength(1);
  });
});
