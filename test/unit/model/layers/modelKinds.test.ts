import { describe, expect, it } from 'vitest';
import type { RelationRule } from '../../../../src/model';
import { compileModel, defaultLayers, registryOf } from '../../../../src/model/layers';
import { type KindDefinition, KindRegistry } from '../../../../src/model/validation';

const compiled = registryOf(compileModel(defaultLayers({ aiModel: true })).model, {
  compile: () => undefined,
  aiModel: true,
  customKinds: [],
});
const tables = KindRegistry.builtin().asInModel();

/** The rules that matter for relations, in a stable order. */
function rules(registry: KindRegistry, kind: string, apiVersion: string, type: string): unknown {
  return registry
    .relationsFor({ kind, apiVersion, spec: { type } })
    .map(({ specType: _, isList: __, inverseKinds, ...rule }: RelationRule) => ({
      ...rule,
      // A kind that the field doesn't allow can't get the inverse either.
      inverseKinds: rule.allowedKinds ?? inverseKinds?.toSorted(),
    }))
    .sort((a, b) => (a.field < b.field ? -1 : 1));
}

describe("registry of Backstage's own layers", () => {
  it('has the kinds of the tables', () => {
    const names = ({ kind, apiVersions, plural, description, custom }: KindDefinition) => ({
      kind,
      apiVersions,
      plural,
      description,
      custom,
    });
    const byKind = (registry: KindRegistry): unknown =>
      registry
        .knownKinds()
        .map(names)
        .sort((a, b) => (a.kind < b.kind ? -1 : 1));
    expect(byKind(compiled)).toEqual(byKind(tables));
  });

  it.each(
    tables
      .knownKinds()
      .flatMap(({ kind, apiVersions }) =>
        apiVersions.flatMap(version =>
          ['skill', 'rule', 'plugin', 'marketplace', 'mcp-server', 'service'].map(
            type => [kind, version, type] as const,
          ),
        ),
      ),
  )('has the relations of the tables: %s %s %s', (kind, version, type) => {
    expect(rules(compiled, kind, version, type)).toEqual(rules(tables, kind, version, type));
  });
});
