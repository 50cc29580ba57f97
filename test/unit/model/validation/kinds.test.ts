import {
  aiResourceEntityModel,
  compileCatalogModel,
  defaultCatalogEntityModel,
  mcpServerApiEntityModel,
} from '@backstage/catalog-model/alpha';
import { scaffolderCatalogModelLayer } from '@backstage/plugin-scaffolder-common/alpha';
import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../../../../src/model';
import { KindRegistry } from '../../../../src/model/validation';

const model = compileCatalogModel([
  defaultCatalogEntityModel,
  mcpServerApiEntityModel,
  aiResourceEntityModel,
  scaffolderCatalogModelLayer,
]);

/** Every kind of the model under each of its apiVersions, with each `spec.type` of its own. */
const modelKinds = model
  .listKinds()
  .flatMap(({ names, versions }) =>
    versions.map(({ apiVersion, specType }) => ({ apiVersion, kind: names.kind, specType })),
  );

const kinds = KindRegistry.builtin();
const specOf = (specType: string | undefined): JsonObject => (specType ? { type: specType } : {});

function byField(rules: readonly object[]): readonly object[] {
  return [...rules].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe('built-in kinds', () => {
  it("are those of Backstage's model", () => {
    const known = kinds
      .knownKinds()
      .flatMap(({ kind, apiVersions, plural }) => apiVersions.map(v => `${v} ${kind} ${plural}`));
    const expected = model
      .listKinds()
      .flatMap(({ names, versions }) =>
        versions.map(({ apiVersion }) => `${apiVersion} ${names.kind} ${names.plural}`),
      );
    expect(known.sort()).toEqual([...new Set(expected)].sort());
  });

  it.each(modelKinds)('have the relations of the model: $apiVersion $kind $specType', entity => {
    const { apiVersion, kind, specType } = entity;
    const spec = specOf(specType);
    const fields = model.getKind({ apiVersion, kind, spec })?.relationFields ?? [];
    const expected = fields.map(({ path, relation, defaultKind }) => ({
      field: path,
      type: relation,
      defaultKind,
    }));
    const found = kinds
      .relationsFor({ apiVersion, kind, spec })
      .map(({ field, type, defaultKind }) => ({ field, type, defaultKind }));
    expect(byField(found)).toEqual(byField(expected));
  });

  it('have the inverse relations of the model', () => {
    const pairs = model
      .listRelations()
      .map(({ forward, reverse }) => `${forward.type} ${reverse.type}`);
    const both = new Set(pairs.flatMap(pair => [pair, pair.split(' ').reverse().join(' ')]));
    const found = kinds.knownKinds().flatMap(({ relations }) => relations);
    expect(found.filter(({ type, inverse }) => !both.has(`${type} ${inverse}`))).toEqual([]);
  });

  it('limit target kinds only for AiResource', () => {
    const limited = kinds
      .knownKinds()
      .flatMap(({ relations }) => relations)
      .filter(({ allowedKinds }) => allowedKinds);
    expect(limited.map(({ kind, specType, field }) => [kind, specType, field])).toEqual([
      ['AiResource', undefined, 'spec.owner'],
      ['AiResource', undefined, 'spec.system'],
      ['AiResource', 'skill', 'spec.dependsOn'],
      ['AiResource', 'plugin', 'spec.skills'],
      ['AiResource', 'marketplace', 'spec.plugins'],
    ]);
  });

  it('lack AiResource without the model for AI', () => {
    const without = KindRegistry.builtin({ aiModel: false });
    expect(without.find('backstage.io/v1alpha1', 'AiResource')).toBeUndefined();
    expect(without.knownKinds()).toHaveLength(kinds.knownKinds().length - 1);
  });

  it.each([
    ['backstage.io/v1alpha1', 'component'],
    ['backstage.io/v1', 'Component'],
    ['__proto__', 'constructor'],
    ['backstage.io/v1beta1', 'AiResource'],
  ])('are found by their exact spelling, not by %s %s', (apiVersion, kind) => {
    expect(kinds.find(apiVersion, kind)).toBeUndefined();
    expect(kinds.relationsFor({ apiVersion, kind })).toEqual([]);
  });
});

describe('custom kinds', () => {
  const ownerRule = {
    field: 'spec.owner',
    type: 'ownedBy',
    inverse: 'ownerOf',
    defaultKind: 'Group',
  };
  const cluster = { kind: 'Cluster', apiVersions: ['example.com/v1'], relations: [ownerRule] };

  it('are found with their relations', () => {
    const extended = kinds.withCustomKinds([cluster]);
    expect(extended.find('example.com/v1', 'Cluster')).toEqual({
      kind: 'Cluster',
      apiVersions: ['example.com/v1'],
      plural: 'clusters',
      relations: [{ kind: 'Cluster', ...ownerRule }],
      custom: true,
    });
    expect(kinds.find('example.com/v1', 'Cluster')).toBeUndefined();
  });

  it('extend a built-in kind without changing its schema', () => {
    const apiVersions = ['backstage.io/v1alpha1', 'example.com/v1'];
    const extended = kinds.withCustomKinds([
      {
        kind: 'Component',
        apiVersions,
        relations: [{ field: 'spec.runsOn', type: 'runsOn', inverse: 'runs' }],
      },
    ]);
    const spec = { type: 'service' };
    const [builtin, added] = apiVersions.map(apiVersion => extended.find(apiVersion, 'Component'));
    expect(builtin?.validate?.({ spec })).not.toEqual([]);
    expect(builtin?.relations.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['spec.owner', 'spec.runsOn']),
    );
    expect(added?.validate).toBeUndefined();
    expect(added?.relations.map(({ field }) => field)).toEqual(['spec.runsOn']);
  });
});
