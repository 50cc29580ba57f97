import { describe, expect, it } from 'vitest';
import { misspelledFields } from '../../../../../../src/features/catalog/core/processing/misspelledFields';
import { KindRegistry } from '../../../../../../src/model/validation';
import { marked } from '../../../../../support/markedText';
import { openCatalog } from '../../../../../support/testCatalog';

const version = 'backstage.io/v1alpha1';
const kinds = KindRegistry.builtin();

describe('misspelledFields', () => {
  it.each([
    ['Component', { lifecicle: 'x' }, 'lifecicle', 'lifecycle'],
    ['Component', { onwer: 'x' }, 'onwer', 'owner'],
    ['Component', { tpye: 'x' }, 'tpye', 'type'],
    ['Component', { dependson: [] }, 'dependson', 'dependsOn'],
    ['Resource', { dependencyof: [] }, 'dependencyof', 'dependencyOf'],
    ['API', { definitions: '' }, 'definitions', 'definition'],
    ['AiResource', { catagory: '' }, 'catagory', 'category'],
  ])('reports the field of a %s named %s', (kind, spec, written, meant) => {
    expect(misspelledFields({ apiVersion: version, kind, metadata: {}, spec }, kinds)).toEqual([
      {
        message: `"${written}" is not a field of ${kind} that Backstage knows. Did you mean "${meant}"?`,
        path: ['spec', written],
        suggestions: [meant],
      },
    ]);
  });

  it('checks metadata of any kind', () => {
    const found = misspelledFields(
      { kind: 'Cluster', metadata: { nam: 'a', descripton: 'b' } },
      kinds,
    );
    expect(found.map(({ path }) => path)).toEqual([
      ['metadata', 'nam'],
      ['metadata', 'descripton'],
    ]);
  });

  it.each([
    ['next to the correct one', { lifecycle: 'x', lifecicle: 'y' }],
    ['unlike all known ones', { costCentre: 'x', own: 'y', __proto__: 1 }],
    ['with a templated value', { '${{ types }}': 'x' }],
  ])('ignores a field %s', (_, spec) => {
    expect(misspelledFields({ apiVersion: version, kind: 'Component', spec }, kinds)).toEqual([]);
  });

  it('ignores the spec of declared custom kinds', () => {
    const declared = kinds.withCustomKinds([
      { kind: 'Component', apiVersions: [version] },
      { kind: 'Cluster', apiVersions: ['acme.example/v1'] },
    ]);
    for (const [apiVersion, kind] of [
      [version, 'Component'],
      ['acme.example/v1', 'Cluster'],
    ]) {
      expect(misspelledFields({ apiVersion, kind, spec: { owners: [] } }, declared)).toEqual([]);
    }
  });

  it.each([undefined, null, 'text', [], { metadata: [], spec: 'x' }, { kind: {}, spec: null }])(
    'accepts %j',
    document => {
      expect(misspelledFields(document, kinds)).toEqual([]);
    },
  );
});

it('reports at the key, also for an invalid entity', async () => {
  const { text, ranges } = marked(`apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: a
spec:
  type: service
  <|lifecicle|>: production
  owner: component:default/a
`);
  const catalog = await openCatalog({ 'x.yaml': text });
  const found = catalog.problems().filter(({ code }) => code === 'misspelled-field');
  expect(found).toMatchObject([
    { severity: 'hint', range: ranges[0], suggestions: ['lifecycle'], document: 0 },
  ]);
  expect(catalog.problems().map(({ code }) => code)).toContain('invalid-spec');
});

it('ignores skeletons', async () => {
  const catalog = await openCatalog({
    'x.yaml':
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${{ values.name }}\nspec:\n  lifecicle: x\n',
  });
  expect(catalog.problems()).toEqual([]);
});

it.each(['misspelled-field', 'misspelt-field'])(
  'problem is disabled by %s in a comment',
  async code => {
    const text = `apiVersion: ${version}
kind: Component
metadata: { name: a, descripton: x } # callboard-disable-line ${code}
spec: { type: service, owner: a, lifecycle: x }
`;
    const catalog = await openCatalog({ 'a.yaml': text });
    expect(catalog.codes('a.yaml')).not.toContain('misspelled-field');
    const without = await openCatalog({ 'a.yaml': text.replace(/ #.*/, '') });
    expect(without.codes('a.yaml')).toContain('misspelled-field');
  },
);
