import { isRecord, ownValue } from '../../base';
import type { CustomKind } from '../customKinds';
import { builtinRelationRules, type RelationRule } from '../relations/relations';
import { type KindDefinition, KindRegistry, type ValidateKind } from '../validation';
import type { CatalogModel, KindVariant, KindVersion, ModelKind, ModelTerm } from './catalogModel';
import { compileModel } from './compileModel';
import { defaultLayers, isDefaultSchema } from './defaultLayers';
import type { JsonSchema } from './jsonSchemas';
import type { ModelLayer, ModelOperation } from './operations';
import { anySpec } from './readLayer';

/** Id of the layer of the setting `callboard.catalog.customKinds`. */
const SETTINGS_LAYER = 'callboard.catalog.customKinds';

/** Layers of a catalog, from the lowest: Backstage's own, those of settings, and those of files. */
export interface LayerSet {
  readonly customKinds: readonly CustomKind[];
  readonly layers: readonly ModelLayer[];
  /** Whether the AI model is installed. */
  readonly aiModel: boolean;
}

/**
 * Returns all layers to compile. A layer of a file replaces the one of Backstage with the same id,
 * as on a server. A kind that a layer declares is not declared by the settings too.
 */
export function stackedLayers({ customKinds, layers, aiModel }: LayerSet): readonly ModelLayer[] {
  const ids = new Set(layers.map(({ layerId }) => layerId));
  const below = defaultLayers({ aiModel }).filter(({ layerId }) => !ids.has(layerId));
  const declared = new Set(
    [...below, ...layers].flatMap(({ ops }) =>
      ops.flatMap(op => (op.op === 'declareKind.v1' ? [op.kind] : [])),
    ),
  );
  const ofSettings = customKinds.filter(
    ({ kind }, index) =>
      !declared.has(kind) &&
      kind !== 'Template' &&
      customKinds.findIndex(other => other.kind === kind) === index,
  );
  if (!ofSettings.length) return [...below, ...layers];
  return [...below, { layerId: SETTINGS_LAYER, ops: ofSettings.flatMap(declareKind) }, ...layers];
}

/** Declares the versions of a kind that share the first version's group. */
function declareKind({ kind, apiVersions }: CustomKind): readonly ModelOperation[] {
  const [group = ''] = apiVersions[0]?.split('/') ?? [];
  const names = apiVersions.flatMap(version =>
    version.startsWith(`${group}/`) ? [version.slice(group.length + 1)] : [],
  );
  const singular = kind.toLowerCase();
  const texts = { singular, plural: `${singular}s`, description: '' };
  const declared: ModelOperation = { op: 'declareKind.v1', kind, group, properties: texts };
  const versions = [...new Set(names)].map((name): ModelOperation => {
    const properties = { schema: { jsonSchema: anySpec } };
    return { op: 'declareKindVersion.v1', kind, name, properties };
  });
  return [declared, ...versions];
}

/** Compiles a schema to a validator; undefined if it can't be. */
export type CompileSchema = (schema: JsonSchema) => ValidateKind | undefined;

/** Returns the registry of a compiled model, with the settings' custom kinds underneath. */
export function registryOf(
  model: CatalogModel,
  {
    compile,
    aiModel,
    customKinds,
  }: { compile: CompileSchema; aiModel: boolean; customKinds: readonly CustomKind[] },
): KindRegistry {
  const builtin = KindRegistry.builtin({ aiModel }).knownKinds();
  const builder = new DefinitionBuilder({ model, compile, builtin, customKinds });
  const template = builtin.filter(
    ({ kind }) => kind === 'Template' && !model.kinds.some(known => known.kind === kind),
  );
  const definitions = [...model.kinds.flatMap(kind => builder.definitions(kind)), ...template];
  const { annotations, labels, tags } = model;
  const known = new Map(defaultModel().annotations.map(term => [term.name, term]));
  const isOwn = (term: ModelTerm): boolean =>
    term.description !== known.get(term.name)?.description || term.schema !== undefined;
  const terms = { annotations: annotations.filter(isOwn), labels, tags };
  return KindRegistry.ofModel(definitions, terms);
}

class DefinitionBuilder {
  readonly #model: CatalogModel;
  readonly #compile: CompileSchema;
  readonly #builtin: readonly KindDefinition[];
  readonly #ofSettings: ReadonlySet<string>;
  readonly #metadata: ValidateKind | undefined;

  constructor(deps: {
    model: CatalogModel;
    compile: CompileSchema;
    builtin: readonly KindDefinition[];
    customKinds: readonly CustomKind[];
  }) {
    this.#model = deps.model;
    this.#compile = deps.compile;
    this.#builtin = deps.builtin;
    this.#ofSettings = new Set(deps.customKinds.map(({ kind }) => kind));
    const schema = metadataRules(deps.model);
    this.#metadata = schema && onFirstUse(() => deps.compile(schema));
  }

  /** Returns the definitions of a kind: one for all versions with the same rules. */
  definitions(kind: ModelKind): readonly KindDefinition[] {
    const versions = new Map<string, KindVersion[]>();
    for (const version of kind.versions) {
      const key = JSON.stringify(
        version.variants.map(({ schema: _, ...variant }) => [variant.specType, variant]),
      );
      versions.set(key, [...(versions.get(key) ?? []), version]);
    }
    return [...versions.values()].flatMap(same => this.#definition(kind, same));
  }

  #definition(kind: ModelKind, versions: readonly KindVersion[]): readonly KindDefinition[] {
    const [version] = versions;
    if (!version) return [];
    const known = this.#builtin.find(({ kind: name }) => name === kind.kind);
    const isOfSettings = this.#ofSettings.has(kind.kind);
    const byType = new Map<string, readonly RelationRule[]>();
    let base: readonly RelationRule[] = [];
    for (const variant of version.variants) {
      const rules = this.#rules(kind.kind, variant);
      if (variant.specType) byType.set(variant.specType, rules);
      else base = rules;
    }
    const isBuiltin = known !== undefined && version.variants.every(isDefaultVariant);
    return [
      {
        kind: kind.kind,
        apiVersions: versions.map(({ apiVersion }) => apiVersion),
        plural: kind.plural,
        description: isBuiltin ? (known.description ?? kind.description) : kind.description,
        relations: base,
        ...(byType.size && { relationsByType: byType }),
        ...(!known && { custom: true }),
        ...(!isOfSettings && { isOfModel: true }),
        ...(isBuiltin
          ? known.specFields && { specFields: known.specFields }
          : fieldsOf(version.variants)),
        validate: this.#validate(kind.kind, versions, isBuiltin ? known.validate : undefined),
      },
    ];
  }

  #rules(kind: string, { relationFields, ownSchema }: KindVariant): readonly RelationRule[] {
    return relationFields.map(({ selector, relation: type, ...field }): RelationRule => {
      const { path } = selector;
      const relation = this.#model.relations.find(known => known.type === type);
      const pair = relation?.pairs.find(({ fromKind }) => fromKind === kind);
      const known = builtinRelationRules.find(
        rule =>
          rule.kind === kind &&
          rule.field === path &&
          rule.type === type &&
          rule.defaultKind === field.defaultKind,
      );
      const expectedKinds = known?.expectedKinds ?? field.allowedKinds ?? pair?.toKinds;
      const isList = isListAt(ownSchema, path);
      return {
        kind,
        field: path,
        type,
        inverse: relation?.reverseType ?? '',
        ...(field.defaultKind !== undefined && { defaultKind: field.defaultKind }),
        ...(field.defaultNamespace === 'default' && { isInDefaultNamespace: true }),
        ...(field.allowedKinds && { allowedKinds: field.allowedKinds }),
        inverseKinds: pair?.toKinds ?? [],
        ...(expectedKinds && { expectedKinds }),
        ...(isList !== undefined && { isList }),
      };
    });
  }

  #validate(
    kind: string,
    versions: readonly KindVersion[],
    builtin: ValidateKind | undefined,
  ): ValidateKind {
    if (builtin) {
      const metadata = this.#metadata;
      return metadata ? entity => [...builtin(entity), ...metadata(entity)] : builtin;
    }
    const validators = new Map(
      versions.flatMap(({ apiVersion, variants }) =>
        variants.map(({ specType, schema }) => [
          keyOf(apiVersion, specType),
          onFirstUse(() => this.#compile(schema)),
        ]),
      ),
    );
    const types = versions[0]?.variants.flatMap(({ specType }) => specType ?? []) ?? [];
    return entity => {
      const { apiVersion, type } = identityOf(entity);
      const validate =
        validators.get(keyOf(apiVersion, type)) ?? validators.get(keyOf(apiVersion, undefined));
      if (validate) return validate(entity);
      const name = versions.find(version => version.apiVersion === apiVersion)?.name ?? '';
      const message = `Kind "${kind}" version "${name}" exists, but has no matching spec type`;
      const path = type ? ['spec', 'type'] : ['spec'];
      const at = type ? 'value' : 'key';
      return [{ message, path, at, keyword: 'enum', allowedValues: types, suggestions: types }];
    };
  }
}

function keyOf(apiVersion: string, specType: string | undefined): string {
  return JSON.stringify([apiVersion, specType ?? '']);
}

function identityOf(entity: unknown): { apiVersion: string; type: string | undefined } {
  const { apiVersion, spec } = isRecord(entity) ? entity : {};
  const type = isRecord(spec) ? spec['type'] : undefined;
  return {
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    type: typeof type === 'string' ? type : undefined,
  };
}

/** Returns a validator that is compiled when it is first used; one that can't be accepts everything. */
function onFirstUse(compile: () => ValidateKind | undefined): ValidateKind {
  let validate: ValidateKind | undefined;
  return entity => (validate ??= compile() ?? (() => []))(entity);
}

function valueSchemas(terms: readonly ModelTerm[]): JsonSchema | undefined {
  const entries = terms.flatMap(({ name, schema }) => (schema ? [[name, schema] as const] : []));
  if (!entries.length) return undefined;
  return { type: 'object', properties: Object.fromEntries(entries) };
}

const rules = new WeakMap<CatalogModel, JsonSchema>();

/** Returns the schema of a model's annotations and labels; undefined if none has a schema. */
function metadataRules(model: CatalogModel): JsonSchema | undefined {
  const known = rules.get(model);
  if (known) return known;
  const annotations = valueSchemas(model.annotations);
  const labels = valueSchemas(model.labels);
  if (!annotations && !labels) return undefined;
  const properties = { ...(annotations && { annotations }), ...(labels && { labels }) };
  const metadata = { type: 'object', properties };
  const schema = { type: 'object', properties: { metadata } };
  rules.set(model, schema);
  return schema;
}

/** Returns the schemas that a registry of the model compiles, by identity: those of kinds that aren't Backstage's own. */
export function validatedSchemas(model: CatalogModel): readonly JsonSchema[] {
  const metadata = metadataRules(model);
  const own = model.kinds.flatMap(({ versions }) =>
    versions.flatMap(({ variants }) =>
      variants.every(isDefaultVariant) ? [] : variants.map(({ schema }) => schema),
    ),
  );
  return metadata ? [...own, metadata] : own;
}

/** Returns the fields of `spec` that schemas name; none if a schema names none. */
function fieldsOf(variants: readonly KindVariant[]): Pick<KindDefinition, 'specFields'> {
  const lists = variants.map(({ ownSchema }) => {
    const spec = schemaAt(ownSchema, ['spec']);
    return isRecord(spec?.['properties']) ? Object.keys(spec['properties']) : undefined;
  });
  return lists.includes(undefined) ? {} : { specFields: [...new Set(lists.flatMap(l => l ?? []))] };
}

/** Whether the schema of a field is one of lists; undefined if it doesn't tell. */
function isListAt(schema: JsonSchema, field: string): boolean | undefined {
  const type = schemaAt(schema, field.split('.'))?.['type'];
  return typeof type === 'string' ? type === 'array' : undefined;
}

function schemaAt(schema: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  let current: unknown = schema;
  for (const key of path) {
    const properties = isRecord(current) ? current['properties'] : undefined;
    current = isRecord(properties) ? ownValue(properties, key) : undefined;
  }
  return isRecord(current) ? current : undefined;
}

let knownModel: CatalogModel | undefined;

/** Returns the model of Backstage's own layers. */
export function defaultModel(): CatalogModel {
  return (knownModel ??= compileModel(defaultLayers({ aiModel: true })).model);
}

/** Whether a variant is Backstage's own, unchanged. */
export function isDefaultVariant({ ownSchema }: KindVariant): boolean {
  return isDefaultSchema(ownSchema);
}
