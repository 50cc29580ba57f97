import { ownValue } from '../../base';
import type { CustomKind } from '../customKinds';
import type { Entity } from '../entity';
import { specFields } from '../generated/fields';
import * as validators from '../generated/validators';
import { asInModel, builtinRelationRules, type RelationRule } from '../relations/relations';
import { schemaIssues, type SchemaIssue } from './schemaIssues';

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
  /** Declared by settings; such a kind has no schema but the one that they name. */
  readonly custom?: boolean;
  /** The fields of `spec` that Backstage reads; undefined where others may be meant as well. */
  readonly specFields?: readonly string[];
  readonly validate?: ValidateKind;
}

export interface BuiltinKindsOptions {
  /**
   * Whether the model for AI is installed, as Backstage's ai-model module does it: AiResource is
   * known, and an API of type `mcp-server` needs remotes instead of a definition. On by default.
   */
  readonly aiModel?: boolean;
}

/** What a schema objects to in an entity that passed the policies; empty when it is content. */
export type ValidateKind = (this: void, entity: unknown) => readonly SchemaIssue[];

/** Of the schemas that custom kinds name, by their paths. */
export type KindValidators = ReadonlyMap<string, ValidateKind>;

/** The kinds of a catalog, found by the exact apiVersion and kind of a descriptor. Immutable. */
export class KindRegistry {
  #definitions: readonly KindDefinition[];
  #byVersion = new Map<string, Map<string, KindDefinition>>();

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
      builtinKinds
        .filter(({ kind }) => aiModel || kind !== 'AiResource')
        .map(kind => defineBuiltin(kind, aiModel)),
    );
  }

  /**
   * A registry that knows these kinds as well. A pair of apiVersion and kind that was known before
   * keeps its schema and gains the relations, and what the schema of the custom kind asks for besides.
   *
   * @param validators - of the schemas that are named; where one is missing, anything goes
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

  /** The same kinds as a server has them whose relations come from a model. */
  asInModel(): KindRegistry {
    return new KindRegistry(
      this.#definitions.map(definition => ({
        ...definition,
        relations: definition.relations.map(rule =>
          builtinRelationRules.includes(rule) ? asInModel(rule) : rule,
        ),
      })),
    );
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
            specFields: undefined,
            ...withValidation(definition.validate, validate),
          }
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
        ...withValidation(undefined, validate),
      },
    ]);
  }
}

/** One after the other, as Backstage's processors have their turn: the first to object ends it. */
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
  /** The schemas of single values of `spec.type` that the model for AI brings. */
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

/** The processor reads these, but the schemas do not have them. */
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
