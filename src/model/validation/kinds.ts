import { ownValue } from '../../base';
import type { CustomKind } from '../customKinds';
import type { Entity } from '../entity';
import { specFields } from '../generated/fields';
import * as validators from '../generated/validators';
import { asInModel, builtinRelationRules, type RelationRule } from '../relations/relations';
import { schemaIssues, type SchemaIssue } from './schemaIssues';

/** Definition of a kind under certain apiVersions. */
export interface KindDefinition {
  /** Exact spelling; kinds are case-sensitive in descriptors, but not in refs. */
  readonly kind: string;
  readonly apiVersions: readonly string[];
  /** Plural name of the software catalog model, lowercase, such as `components`. */
  readonly plural: string;
  readonly description?: string;
  /** Relation fields, including those of a certain `spec.type` only. */
  readonly relations: readonly RelationRule[];
  /** Whether settings or layers of a catalog model declare the kind: Backstage's own packages don't. */
  readonly custom?: boolean;
  /** Whether layers of a catalog model declare the kind. */
  readonly isOfModel?: boolean;
  /** Fields of `spec` that Backstage reads; undefined if other fields are valid too. */
  readonly specFields?: readonly string[];
  /** Relations of entities with certain values of `spec.type`, instead of the others. */
  readonly relationsByType?: ReadonlyMap<string, readonly RelationRule[]>;
  readonly validate?: ValidateKind;
}

/** An annotation, label or tag that a catalog model declares. */
export interface DeclaredTerm {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description: string;
  /** JSON schema of the value. */
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
}

/** Names in `metadata` that a catalog model declares, without those of Backstage's own model. */
export interface DeclaredTerms {
  readonly annotations: readonly DeclaredTerm[];
  readonly labels: readonly DeclaredTerm[];
  readonly tags: readonly DeclaredTerm[];
}

const noTerms: DeclaredTerms = { annotations: [], labels: [], tags: [] };

/** Options of {@link KindRegistry.builtin}. */
export interface BuiltinKindsOptions {
  /**
   * Whether the AI model is installed, like Backstage's ai-model module: AiResource is a known kind,
   * and APIs of type `mcp-server` need remotes instead of a definition. Default: true.
   */
  readonly aiModel?: boolean;
}

/** Returns a schema's issues of an entity that passed the policies; empty if it is valid. */
export type ValidateKind = (this: void, entity: unknown) => readonly SchemaIssue[];

/** Validators of custom kinds' schemas, by path. */
export type KindValidators = ReadonlyMap<string, ValidateKind>;

/** Kinds of a catalog by exact apiVersion and kind. Immutable. */
export class KindRegistry {
  /** Names that the organization's model declares. */
  readonly terms: DeclaredTerms;
  /** Whether kinds and relations come from a catalog model, as on a server that has one. */
  readonly isModel: boolean;
  #definitions: readonly KindDefinition[];
  #byVersion = new Map<string, Map<string, KindDefinition>>();

  private constructor(
    definitions: readonly KindDefinition[],
    { isModel = false, terms = noTerms }: { isModel?: boolean; terms?: DeclaredTerms } = {},
  ) {
    this.#definitions = definitions;
    this.isModel = isModel;
    this.terms = terms;
    for (const definition of definitions) {
      for (const apiVersion of definition.apiVersions) {
        const kinds = this.#byVersion.get(apiVersion) ?? new Map<string, KindDefinition>();
        kinds.set(definition.kind, definition);
        this.#byVersion.set(apiVersion, kinds);
      }
    }
  }

  /** Returns a registry of Backstage's built-in kinds. */
  static builtin({ aiModel = true }: BuiltinKindsOptions = {}): KindRegistry {
    return new KindRegistry(
      builtinKinds
        .filter(({ kind }) => aiModel || kind !== 'AiResource')
        .map(kind => defineBuiltin(kind, aiModel)),
    );
  }

  /** Returns a registry of the kinds and names of a catalog model. */
  static ofModel(definitions: readonly KindDefinition[], terms: DeclaredTerms): KindRegistry {
    return new KindRegistry(definitions, { isModel: true, terms });
  }

  /**
   * Returns a registry that also has the custom kinds. A known pair of apiVersion and kind keeps
   * its schema and gains the custom relations and the custom schema's requirements.
   *
   * @param validators - validators of the kinds' schemas; without one, a kind isn't validated
   */
  withCustomKinds(
    kinds: readonly CustomKind[],
    validators: KindValidators = new Map(),
  ): KindRegistry {
    return kinds.reduce<KindRegistry>(
      (registry, kind) => registry.#withCustomKind(kind, validators),
      this,
    );
  }

  /** Returns a registry with the relations of a server whose relations come from a model; see {@link asInModel}. */
  asInModel(): KindRegistry {
    return new KindRegistry(
      this.#definitions.map(definition => ({
        ...definition,
        relations: definition.relations.map(rule =>
          builtinRelationRules.includes(rule) ? asInModel(rule) : rule,
        ),
      })),
      { isModel: true, terms: this.terms },
    );
  }

  /** Finds the definition of an exact apiVersion and kind. */
  find(apiVersion: string, kind: string): KindDefinition | undefined {
    return this.#byVersion.get(apiVersion)?.get(kind);
  }

  /** Returns all definitions; a kind with different rules per apiVersion occurs more than once. */
  knownKinds(): readonly KindDefinition[] {
    return this.#definitions;
  }

  /** Returns the relation rules for an entity, depending on its `spec.type`. */
  relationsFor(entity: Pick<Entity, 'apiVersion' | 'kind' | 'spec'>): readonly RelationRule[] {
    const definition = this.find(entity.apiVersion, entity.kind);
    if (!definition) return [];
    if (definition.relationsByType) {
      const type = specType(entity);
      const ofType = type === undefined ? undefined : definition.relationsByType.get(type);
      return ofType ?? definition.relations;
    }
    if (definition.relations.every(rule => rule.specType === undefined)) {
      return definition.relations;
    }
    const type = specType(entity);
    return definition.relations.filter(
      rule => rule.specType === undefined || rule.specType === type,
    );
  }

  #withCustomKind(
    { kind, apiVersions, schema, relations = [] }: CustomKind,
    validators: KindValidators,
  ): KindRegistry {
    const validate = schema === undefined ? undefined : validators.get(schema);
    const rules = relations.map((relation): RelationRule => ({ kind, ...relation }));
    const known = this.#definitions.map(definition => {
      const extended =
        definition.kind === kind && definition.apiVersions.some(v => apiVersions.includes(v));
      return extended
        ? {
            ...definition,
            relations: [...definition.relations, ...rules],
            ...(definition.relationsByType && {
              relationsByType: new Map(
                [...definition.relationsByType].map(([type, known]) => [
                  type,
                  [...known, ...rules],
                ]),
              ),
            }),
            specFields: undefined,
            ...withValidation(definition.validate, validate),
          }
        : definition;
    });
    const added = apiVersions.filter(apiVersion => !this.find(apiVersion, kind));
    if (!added.length) return new KindRegistry(known, this);
    const definition = {
      kind,
      apiVersions: added,
      plural: `${kind.toLowerCase()}s`,
      relations: rules,
      custom: true,
      ...withValidation(undefined, validate),
    };
    return new KindRegistry([...known, definition], this);
  }
}

/** Combines two validators like Backstage's processors: the second runs only if the first finds no issues. */
function withValidation(
  first: ValidateKind | undefined,
  second: ValidateKind | undefined,
): { validate?: ValidateKind } {
  if (!first || !second) {
    const validate = first ?? second;
    return validate ? { validate } : {};
  }
  return {
    validate: entity => {
      const issues = first(entity);
      return issues.length ? issues : second(entity);
    },
  };
}

const CATALOG_VERSIONS = ['backstage.io/v1alpha1', 'backstage.io/v1beta1'];

interface BuiltinKind extends Pick<
  KindDefinition,
  'kind' | 'apiVersions' | 'plural' | 'description'
> {
  readonly schema: validators.SchemaValidator;
  /** Schemas by `spec.type` that the AI model adds. */
  readonly aiSchemas?: Readonly<Record<string, validators.SchemaValidator>>;
}

const builtinKinds: readonly BuiltinKind[] = [
  {
    kind: 'Component',
    apiVersions: CATALOG_VERSIONS,
    plural: 'components',
    description: 'A piece of software, usually with an artifact that is deployed or linked.',
    schema: validators.Component,
  },
  {
    kind: 'API',
    apiVersions: CATALOG_VERSIONS,
    plural: 'apis',
    description: 'An interface that a component can expose.',
    schema: validators.API,
    aiSchemas: { 'mcp-server': validators.ApiMcpServer },
  },
  {
    kind: 'Resource',
    apiVersions: CATALOG_VERSIONS,
    plural: 'resources',
    description: 'The infrastructure that a system needs, such as databases, topics, or buckets.',
    schema: validators.Resource,
  },
  {
    kind: 'System',
    apiVersions: CATALOG_VERSIONS,
    plural: 'systems',
    description: 'Resources and components that together expose one or several APIs.',
    schema: validators.System,
  },
  {
    kind: 'Domain',
    apiVersions: CATALOG_VERSIONS,
    plural: 'domains',
    description: 'Systems that share terminology, models, a business purpose, or documentation.',
    schema: validators.Domain,
  },
  {
    kind: 'Group',
    apiVersions: CATALOG_VERSIONS,
    plural: 'groups',
    description: 'A team, a business unit, or a loose collection of people.',
    schema: validators.Group,
  },
  {
    kind: 'User',
    apiVersions: CATALOG_VERSIONS,
    plural: 'users',
    description: 'A person, such as an employee or a contractor.',
    schema: validators.User,
  },
  {
    kind: 'Location',
    apiVersions: CATALOG_VERSIONS,
    plural: 'locations',
    description: 'A marker that names other places to look for catalog data.',
    schema: validators.Location,
  },
  {
    kind: 'Template',
    apiVersions: ['scaffolder.backstage.io/v1beta3'],
    plural: 'templates',
    description: 'Steps and parameters from which the scaffolder makes new things.',
    schema: validators.Template,
  },
  {
    kind: 'AiResource',
    apiVersions: ['backstage.io/v1alpha1'],
    plural: 'airesources',
    description: 'Context for AI coding tools, such as skills, rules, and plugins.',
    schema: validators.AiResource,
    aiSchemas: {
      marketplace: validators.AiResourceMarketplace,
      plugin: validators.AiResourcePlugin,
      rule: validators.AiResourceRule,
      skill: validators.AiResourceSkill,
    },
  },
];

/** Fields that the processor reads but the schemas lack. */
const furtherFields: Readonly<Record<string, readonly string[]>> = {
  Component: ['dependencyOf'],
  Resource: ['dependencyOf'],
};

function defineBuiltin(
  { schema, aiSchemas, ...builtin }: BuiltinKind,
  aiModel: boolean,
): KindDefinition {
  const { kind } = builtin;
  const byType = new Map(aiModel && aiSchemas ? Object.entries(aiSchemas) : []);
  return {
    ...builtin,
    relations: builtinRelationRules.filter(rule => rule.kind === kind),
    specFields: [...(ownValue(specFields, kind) ?? []), ...(ownValue(furtherFields, kind) ?? [])],
    validate: entity =>
      schemaIssues(byType.get(specType(entity as Entity) ?? '') ?? schema, entity),
  };
}

function specType({ spec }: Pick<Entity, 'spec'>): string | undefined {
  const type = spec?.['type'];
  return typeof type === 'string' ? type : undefined;
}
