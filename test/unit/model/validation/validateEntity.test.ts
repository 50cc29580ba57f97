import { describe, expect, it } from 'vitest';
import { KindRegistry, validateEntity, validateEnvelope } from '../../../../src/model/validation';

const kinds = KindRegistry.builtin();
const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'a' },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
};
const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'a' },
};

/** Stage, place and marked token of each issue. */
function places(value: unknown): unknown[] {
  return validateEntity(value, { kinds }).map(({ stage, path, at, missing }) =>
    [stage, path.join('.'), at, ...(missing ? [missing] : [])].join(' '),
  );
}

describe('validateEntity', () => {
  it.each<[string, unknown, string[]]>([
    ['no object', 'text', ['envelope  value']],
    [
      'an empty object',
      {},
      ['envelope  key apiVersion', 'envelope  key kind', 'envelope  key metadata'],
    ],
    ['no name', { ...component, metadata: {} }, ['envelope metadata key name']],
    [
      'invalid annotations',
      { ...component, metadata: { name: 'a', annotations: ['x'] } },
      ['envelope metadata.annotations value'],
    ],
    ['a foreign root field', { ...component, extra: 1 }, ['policy extra key']],
    ['a root field of the catalog', { ...component, relations: [] }, ['policy relations key']],
    [
      'every wrong label, tag and link',
      {
        ...component,
        metadata: {
          name: 'a',
          labels: { 'x y': 'ok', ok: 'x y' },
          tags: ['ok', 'A', 'b_c'],
          links: [{ url: 'nowhere', title: ' ' }],
        },
      },
      [
        'policy metadata.labels.x y key',
        'policy metadata.labels.ok value',
        'policy metadata.tags.1 value',
        'policy metadata.tags.2 value',
        'policy metadata.links.0.url value',
        'policy metadata.links.0.title value',
      ],
    ],
    [
      'a key with a slash',
      { ...component, metadata: { name: 'a', labels: { 'b~/c': 1 } } },
      ['policy metadata.labels.b~/c value'],
    ],
    ['a foreign kind', { ...component, kind: 'Widget' }, ['unknown-kind kind value']],
    ['a foreign apiVersion', { ...component, apiVersion: 'v1' }, ['unknown-kind apiVersion value']],
    ['no spec', { ...component, spec: undefined }, ['kind  key spec']],
    [
      'all that is missing or wrong in the spec',
      { ...component, spec: { type: 1, owner: '', dependsOn: ['', 2] } },
      [
        'kind spec key lifecycle',
        'kind spec.type value',
        'kind spec.owner value',
        'kind spec.dependsOn.0 value',
        'kind spec.dependsOn.1 value',
      ],
    ],
    ['nothing wrong', component, []],
  ])('marks %s', (_, value, expected) => {
    expect(places(value)).toEqual(expected);
  });

  it('returns numbers for indices and strings for keys', () => {
    const value = { ...component, metadata: { name: 'a', labels: { 0: 7 }, tags: [''] } };
    expect(validateEntity(value, { kinds }).map(({ path }) => path)).toEqual([
      ['metadata', 'labels', '0'],
      ['metadata', 'tags', 0],
    ]);
  });

  it("reports the errors of the nearest alternative after Backstage's error", () => {
    const value = { ...template, spec: { type: 'a', steps: [], parameters: [{ when: 7 }] } };
    expect(validateEntity(value, { kinds }).map(({ message }) => message)).toEqual([
      '/spec/parameters must be object - type: object',
      '/spec/parameters/0/when must be string,boolean - type: string,boolean',
    ]);
  });

  it("reports only Backstage's error if no alternative is near", () => {
    const value = { ...template, spec: { type: 'a', steps: [], parameters: 'text' } };
    expect(validateEntity(value, { kinds }).map(({ message }) => message)).toEqual([
      '/spec/parameters must be object - type: object',
    ]);
  });

  it.each([
    ['schema', { ...component, spec: { ...component.spec, dependsOn: Array(100_000).fill('') } }],
    ['policies', { ...component, metadata: { name: 'a', tags: Array(100_000).fill('A') } }],
  ])('reports at most 100 errors of the %s', (_, value) => {
    expect(validateEntity(value, { kinds })).toHaveLength(100);
  });

  it('does not validate the spec of a custom kind', () => {
    const value = { apiVersion: 'example.com/v1', kind: 'Cluster', metadata: { name: 'a' } };
    const extended = kinds.withCustomKinds([{ kind: 'Cluster', apiVersions: ['example.com/v1'] }]);
    expect(validateEntity(value, { kinds: extended })).toEqual([]);
  });

  it('validates an API of type mcp-server with the installed model', () => {
    const spec = { ...component.spec, type: 'mcp-server' };
    const [withRemotes, withDefinition] = [
      { ...component, kind: 'API', spec: { ...spec, remotes: [{ type: 'sse', url: 'x' }] } },
      { ...component, kind: 'API', spec: { ...spec, definition: 'x' } },
    ];
    const missing = (value: unknown, aiModel: boolean) =>
      validateEntity(value, { kinds: KindRegistry.builtin({ aiModel }) }).map(i => i.missing);
    expect([missing(withRemotes, true), missing(withDefinition, true)]).toEqual([[], ['remotes']]);
    expect([missing(withRemotes, false), missing(withDefinition, false)]).toEqual([
      ['definition'],
      [],
    ]);
  });
});

describe('validateEnvelope', () => {
  it('requires only a ref', () => {
    expect(
      validateEnvelope({ apiVersion: 'x', kind: 'y', metadata: { name: 'z' }, more: 1 }),
    ).toEqual([]);
  });
});
