import type { CustomKind } from './customKinds';
import type { Entity } from './entity';
import { builtinRelationRules, type RelationRule } from './relations';
import type { SchemaIssue } from './schemaIssues';

/** What the catalog knows about a kind under certain apiVersions. */
export interface KindDefinition {
  /** The exact spelling; kinds are case-sensitive in descriptors, though not in refs. */
  readonly kind: string;
  readonly apiVersions: readonly string[];
  /** Lower-cased, as the software catalog model names it, such as `components`. */
  readonly plural: string;
  readonly description?: string;
  /** The relation fields, those that only some `spec.type` has included. */
  readonly relations: readonly RelationRule[];
  /** Declared by settings; such a kind has no schema of its own. */
  readonly custom?: boolean;
  /**
   * What the schema of the kind objects to; empty when it is content. Takes entities that passed
   * the policies.
   */
  validate?(this: void, entity: unknown): readonly SchemaIssue[];
}

export interface BuiltinKindsOptions {
  /**
   * Whether the model for AI is installed, as Backstage's ai-model module does it: AiResource is
   * known, and an API of type `mcp-server` needs remotes instead of a definition. On by default.
   */
  readonly aiModel?: boolean;
}

/** The kinds of a catalog, found by the exact apiVersion and kind of a descriptor. Immutable. */
export class KindRegistry {
  #definitions: readonly KindDefinition[];
  #byVersion = new Map<string, Map<string, KindDefinition>>();
  #relationsByType = new Map<KindDefinition, Map<string | undefined, readonly RelationRule[]>>();

  private constructor(definitions: readonly KindDefinition[]) {
    this.#definitions = definitions;
    for (const definition of definitions) {
      for (const apiVersion of definition.apiVersions) {
        const kinds = this.#byVersion.get(apiVersion) ?? new Map<string, KindDefinition>();
        kinds.set(definition.kind, definition);
        this.#byVersion.set(apiVersion, kinds);
      }
    }
  }

  /** The kinds that Backstage knows by itself. */
  static builtin({ aiModel = true }: BuiltinKindsOptions = {}): KindRegistry {
    return new KindRegistry(
      builtinKinds.filter(({ kind }) => aiModel || kind !== 'AiResource').map(defineBuiltin),
    );
  }

  /**
   * A registry that knows these kinds as well. A pair of apiVersion and kind that was known before
   * keeps its schema and gains the relations.
   */
  withCustomKinds(kinds: readonly CustomKind[]): KindRegistry {
    return kinds.reduce<KindRegistry>((registry, kind) => registry.#withCustomKind(kind), this);
  }

  /** The definition for exactly this apiVersion and kind, as they stand in a descriptor. */
  find(apiVersion: string, kind: string): KindDefinition | undefined {
    return this.#byVersion.get(apiVersion)?.get(kind);
  }

  /** Every known definition; a kind with different rules per apiVersion occurs more than once. */
  knownKinds(): readonly KindDefinition[] {
    return this.#definitions;
  }

  /** The rules for the relation fields of this very entity, its `spec.type` considered. */
  relationsFor(entity: Pick<Entity, 'apiVersion' | 'kind' | 'spec'>): readonly RelationRule[] {
    const definition = this.find(entity.apiVersion, entity.kind);
    if (!definition) return [];
    if (definition.relations.every(rule => rule.specType === undefined)) {
      return definition.relations;
    }
    const type = entity.spec?.['type'];
    const specType = typeof type === 'string' ? type : undefined;
    const cache =
      this.#relationsByType.get(definition) ??
      new Map<string | undefined, readonly RelationRule[]>();
    this.#relationsByType.set(definition, cache);
    const cached = cache.get(specType);
    if (cached) return cached;
    const rules = definition.relations.filter(
      rule => rule.specType === undefined || rule.specType === specType,
    );
    cache.set(specType, rules);
    return rules;
  }

  #withCustomKind({ kind, apiVersions, relations = [] }: CustomKind): KindRegistry {
    const rules = relations.map((relation): RelationRule => ({ kind, ...relation }));
    const known = this.#definitions.map(definition => {
      const extended =
        definition.kind === kind && definition.apiVersions.some(v => apiVersions.includes(v));
      return extended
        ? { ...definition, relations: [...definition.relations, ...rules] }
        : definition;
    });
    const added = apiVersions.filter(apiVersion => !this.find(apiVersion, kind));
    if (!added.length) return new KindRegistry(known);
    return new KindRegistry([
      ...known,
      {
        kind,
        apiVersions: added,
        plural: `${kind.toLowerCase()}s`,
        relations: rules,
        custom: true,
      },
    ]);
  }
}

const CATALOG_VERSIONS = ['backstage.io/v1alpha1', 'backstage.io/v1beta1'];

type BuiltinKind = Pick<KindDefinition, 'kind' | 'apiVersions' | 'plural' | 'description'>;

const builtinKinds: readonly BuiltinKind[] = [
  {
    kind: 'Component',
    apiVersions: CATALOG_VERSIONS,
    plural: 'components',
    description: 'A piece of software, usually with an artifact that is deployed or linked.',
  },
  {
    kind: 'API',
    apiVersions: CATALOG_VERSIONS,
    plural: 'apis',
    description: 'An interface that a component can expose.',
  },
  {
    kind: 'Resource',
    apiVersions: CATALOG_VERSIONS,
    plural: 'resources',
    description: 'The infrastructure that a system needs, such as databases, topics, or buckets.',
  },
  {
    kind: 'System',
    apiVersions: CATALOG_VERSIONS,
    plural: 'systems',
    description: 'Resources and components that together expose one or several APIs.',
  },
  {
    kind: 'Domain',
    apiVersions: CATALOG_VERSIONS,
    plural: 'domains',
    description: 'Systems that share terminology, models, a business purpose, or documentation.',
  },
  {
    kind: 'Group',
    apiVersions: CATALOG_VERSIONS,
    plural: 'groups',
    description: 'A team, a business unit, or a loose collection of people.',
  },
  {
    kind: 'User',
    apiVersions: CATALOG_VERSIONS,
    plural: 'users',
    description: 'A person, such as an employee or a contractor.',
  },
  {
    kind: 'Location',
    apiVersions: CATALOG_VERSIONS,
    plural: 'locations',
    description: 'A marker that names other places to look for catalog data.',
  },
  {
    kind: 'Template',
    apiVersions: ['scaffolder.backstage.io/v1beta3'],
    plural: 'templates',
    description: 'Steps and parameters from which the scaffolder makes new things.',
  },
  {
    kind: 'AiResource',
    apiVersions: ['backstage.io/v1alpha1'],
    plural: 'airesources',
    description: 'Context for AI coding tools, such as skills, rules, and plugins.',
  },
];

function defineBuiltin(builtin: BuiltinKind): KindDefinition {
  return { ...builtin, relations: builtinRelationRules.filter(rule => rule.kind === builtin.kind) };
}
