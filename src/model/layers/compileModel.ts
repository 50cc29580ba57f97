import { compareCodeUnits } from '../../base';
import type {
  CatalogModel,
  KindVariant,
  KindVersion,
  ModelKind,
  ModelRelation,
  ModelTerm,
} from './catalogModel';
import { isDefaultSchema, metadataSchema } from './defaultLayers';
import { type JsonSchema, mergeSchemas, rootSchemaFault } from './jsonSchemas';
import {
  type ModelLayer,
  type ModelOperation,
  operationNames,
  type RelationField,
  type TermType,
} from './operations';
import { anySpec, type LayerPath, pointerIn, type SchemaCheck } from './readLayer';

/** An error of a model, in Backstage's words, with its place. */
export interface ModelFault {
  readonly message: string;
  /** Index of the layer. */
  readonly layer: number;
  /** Index of the operation; undefined for the layer's id. */
  readonly op?: number;
  /** Path in the operation. */
  readonly path: LayerPath;
}

/** A model and the errors in its layers. */
export interface CompiledModel {
  readonly model: CatalogModel;
  /** Errors in the order in which Backstage finds them; it stops at the first. */
  readonly faults: readonly ModelFault[];
}

/** Maximum number of errors. */
const MAX_FAULTS = 200;

/**
 * Compiles layers. An operation with an error is skipped; of one with an unusable schema, only the
 * schema is.
 *
 * Source: `compileCatalogModel` (`packages/catalog-model/src/model`).
 *
 * @param checkSchema - check of schemas that result from changes; undefined if they are known to be
 * valid
 */
export function compileModel(
  layers: readonly ModelLayer[],
  { checkSchema }: { readonly checkSchema?: SchemaCheck } = {},
): CompiledModel {
  return new ModelCompiler(checkSchema).compile(layers);
}

/** An operation with its place. */
interface PlacedOperation {
  readonly op: ModelOperation;
  readonly layer: number;
  readonly index: number;
}

interface SchemaStep {
  readonly schema: JsonSchema;
  readonly from: PlacedOperation;
}

interface SchemaFault {
  readonly message: string;
  readonly path: LayerPath;
}

interface VariantState {
  readonly description: string | undefined;
  readonly relationFields: readonly RelationField[];
  /** The declared schema, then changes. */
  readonly steps: readonly SchemaStep[];
}

interface VersionState {
  readonly name: string;
  readonly apiVersion: string;
  readonly variants: Map<string | undefined, VariantState>;
}

interface KindState {
  readonly group: string;
  singular: string;
  plural: string;
  description: string;
  readonly versions: Map<string, VersionState>;
}

interface RelationState {
  readonly type: string;
  title: string;
  reverseType: string;
  reverseTitle: string;
  description: string;
  readonly pairs: Map<string, Set<string>>;
}

type TermState = Omit<ModelTerm, 'name'>;

type Of<Name extends ModelOperation['op']> = Extract<ModelOperation, { readonly op: Name }>;
type TermOperation = Of<`declare${TermType}.v1` | `update${TermType}.v1` | `remove${TermType}.v1`>;

/** Position of operations in a model's compilation. */
const order = new Map(operationNames.map((name, index) => [name as string, index]));

class ModelCompiler {
  readonly #checkSchema: SchemaCheck | undefined;
  readonly #faults: ModelFault[] = [];
  readonly #kinds = new Map<string, KindState>();
  readonly #relations = new Map<string, RelationState>();
  readonly #terms: Readonly<Record<TermType, Map<string, TermState>>> = {
    Annotation: new Map(),
    Label: new Map(),
    Tag: new Map(),
  };

  constructor(checkSchema: SchemaCheck | undefined) {
    this.#checkSchema = checkSchema;
  }

  compile(layers: readonly ModelLayer[]): CompiledModel {
    for (const placed of this.#operations(layers)) {
      const message = this.#apply(placed);
      if (message !== undefined) this.#report(message, placed, [identityOf(placed.op, message)]);
    }
    const metadata = this.#metadata();
    const kinds = [...this.#kinds].map(([kind, state]) => this.#kind(kind, state, metadata));
    return {
      model: {
        kinds,
        relations: [...this.#relations.values()].map(state => this.#relation(state)),
        annotations: termsOf(this.#terms.Annotation),
        labels: termsOf(this.#terms.Label),
        tags: termsOf(this.#terms.Tag),
      },
      faults: this.#faults,
    };
  }

  /** Returns the operations of all layers in compilation order; repeated layers count once. */
  #operations(layers: readonly ModelLayer[]): readonly PlacedOperation[] {
    const placed: PlacedOperation[] = [];
    const known = new Map<string, string>();
    for (const [layer, { layerId, ops }] of layers.entries()) {
      const text = canonical(ops);
      const existing = known.get(layerId);
      if (existing === undefined) {
        known.set(layerId, text);
        for (const [index, op] of ops.entries()) placed.push({ op, layer, index });
      } else if (existing !== text) {
        const message = `Catalog model layer ID "${layerId}" has conflicting definitions`;
        this.#add({ message, layer, path: [] });
      }
    }
    const position = ({ op }: PlacedOperation): number => order.get(op.op) ?? 0;
    return placed.sort((a, b) => position(a) - position(b));
  }

  /** Applies an operation. Returns Backstage's message if it can't be. */
  #apply(placed: PlacedOperation): string | undefined {
    const { op } = placed;
    switch (op.op) {
      case 'declareKind.v1':
        return this.#declareKind(op);
      case 'updateKind.v1': {
        const kind = this.#kinds.get(op.kind);
        if (!kind) return `Cannot update unknown kind "${op.kind}"`;
        Object.assign(kind, op.properties);
        return undefined;
      }
      case 'removeKind.v1':
        return this.#kinds.delete(op.kind) ? undefined : `Cannot remove unknown kind "${op.kind}"`;
      case 'declareKindVersion.v1':
        return this.#declareVersion(op, placed);
      case 'updateKindVersion.v1':
        return this.#updateVersion(op, placed);
      case 'declareRelation.v1':
        return this.#declareRelation(op);
      case 'updateRelation.v1':
        return this.#updateRelation(op);
      default:
        return this.#applyTerm(op);
    }
  }

  #declareKind({ kind, group, properties }: Of<'declareKind.v1'>): string | undefined {
    if (this.#kinds.has(kind)) return `Kind "${kind}" is declared more than once`;
    const { singular, plural, description } = properties;
    this.#kinds.set(kind, { group, singular, plural, description, versions: new Map() });
    return undefined;
  }

  #declareVersion(op: Of<'declareKindVersion.v1'>, from: PlacedOperation): string | undefined {
    const { kind: name, name: versionName, specType, properties } = op;
    const kind = this.#kinds.get(name);
    if (!kind) return `Cannot declare version "${versionName}" for unknown kind "${name}"`;
    let version = kind.versions.get(versionName);
    if (!version) {
      const apiVersion = `${kind.group}/${versionName}`;
      version = { name: versionName, apiVersion, variants: new Map() };
      kind.versions.set(versionName, version);
    }
    if (version.variants.has(specType)) {
      return `Version "${versionName}" of kind "${name}" already has ${variantName(specType)} declared`;
    }
    version.variants.set(specType, {
      description: properties.description,
      relationFields: properties.relationFields ?? [],
      steps: [{ schema: properties.schema.jsonSchema, from }],
    });
    return undefined;
  }

  #updateVersion(op: Of<'updateKindVersion.v1'>, from: PlacedOperation): string | undefined {
    const { kind: name, name: versionName, specType, properties } = op;
    const kind = this.#kinds.get(name);
    if (!kind) return `Cannot update version "${versionName}" for unknown kind "${name}"`;
    const version = kind.versions.get(versionName);
    if (!version) return `Cannot update unknown version "${versionName}" of kind "${name}"`;
    const variant = version.variants.get(specType);
    if (!variant) {
      return `Cannot update undeclared ${variantName(specType)} on version "${versionName}" of kind "${name}"`;
    }
    const { description, relationFields, schema } = properties;
    version.variants.set(specType, {
      description: description ?? variant.description,
      relationFields: relationFields ?? variant.relationFields,
      steps: schema ? [...variant.steps, { schema: schema.jsonSchema, from }] : variant.steps,
    });
    return undefined;
  }

  #declareRelation({ type, fromKind, toKind, properties }: Of<'declareRelation.v1'>): undefined {
    let relation = this.#relations.get(type);
    if (!relation) {
      const { reverseType, title, description } = properties;
      relation = { type, title, reverseType, reverseTitle: title, description, pairs: new Map() };
      this.#relations.set(type, relation);
    }
    addPair(relation, fromKind, toKind);
  }

  #updateRelation(op: Of<'updateRelation.v1'>): string | undefined {
    const { type, fromKind, toKind, properties } = op;
    const relation = this.#relations.get(type);
    if (!relation) return `Cannot update undeclared relation "${type}"`;
    addPair(relation, fromKind, toKind);
    const { reverseType, title, reverseTitle, description } = properties;
    relation.reverseType = reverseType ?? relation.reverseType;
    relation.title = title ?? relation.title;
    relation.reverseTitle = reverseTitle ?? title ?? relation.reverseTitle;
    const reverse = this.#relations.get(relation.reverseType);
    if (reverse && reverseTitle !== undefined) reverse.title = reverseTitle;
    relation.description = description ?? relation.description;
    return undefined;
  }

  #applyTerm(op: TermOperation): string | undefined {
    const [, action = '', type = 'Tag'] = /^([a-z]+)([A-Z][a-z]+)\./.exec(op.op) ?? [];
    const terms = this.#terms[type as TermType];
    const { name } = op;
    const known = terms.get(name);
    if (action === 'declare') {
      if (known) return `${type} "${name}" is declared more than once`;
    } else if (!known) {
      const state = action === 'update' ? 'undeclared' : 'unknown';
      return `Cannot ${action} ${state} ${type.toLowerCase()} "${name}"`;
    }
    if (!('properties' in op)) {
      terms.delete(name);
      return undefined;
    }
    const { title, description, schema } = op.properties;
    terms.set(name, {
      title: title ?? known?.title,
      description: description ?? known?.description ?? '',
      schema: schema?.jsonSchema ?? known?.schema,
    });
    return undefined;
  }

  /** Returns the schema of `metadata` for all kinds. */
  #metadata(): JsonSchema {
    const { annotations, labels, ...others } = metadataSchema().properties as Record<
      string,
      JsonSchema
    >;
    const properties = {
      ...others,
      annotations: { ...annotations, properties: termSchemas(this.#terms.Annotation) },
      labels: { ...labels, properties: termSchemas(this.#terms.Label) },
    };
    return { ...metadataSchema(), properties };
  }

  #kind(
    kind: string,
    { group, singular, plural, description, versions }: KindState,
    metadata: JsonSchema,
  ): ModelKind {
    const read = [...versions.values()].map(({ name, apiVersion, variants }): KindVersion => {
      const envelope = { kind, apiVersion, metadata };
      const ofVersion = [...variants].map(([specType, variant]) => ({
        specType,
        description: variant.description,
        relationFields: variant.relationFields,
        ...this.#schemas(variant.steps, envelope),
      }));
      return { name, apiVersion, variants: ofVersion };
    });
    return { kind, group, singular, plural, description, versions: read };
  }

  #schemas(
    declared: readonly SchemaStep[],
    envelope: { kind: string; apiVersion: string; metadata: JsonSchema },
  ): Pick<KindVariant, 'ownSchema' | 'schema'> {
    let steps = declared;
    for (;;) {
      const own = merged(steps);
      const schema = withEnvelope(own, envelope);
      if (isDefaultSchema(own)) return { ownSchema: own, schema };
      const fault = this.#fault(own) ?? this.#schemaFault(schema);
      if (!fault) return { ownSchema: own, schema };
      // The first step with an error is skipped.
      const found = steps.findIndex((_, index) => this.#fault(merged(steps.slice(0, index + 1))));
      const index = Math.max(found, 0);
      const step = steps[index];
      // A check that refuses every schema would never end.
      if (!step || step.schema === anySpec)
        return { ownSchema: anySpec, schema: withEnvelope(anySpec, envelope) };
      const path = ['properties', 'schema', 'jsonSchema', ...fault.path];
      this.#report(fault.message, step.from, path);
      steps =
        index === 0
          ? [{ schema: anySpec, from: step.from }, ...steps.slice(1)]
          : steps.filter(other => other !== step);
    }
  }

  /** Returns the first fault of a kind's own schema. */
  #fault(own: JsonSchema): SchemaFault | undefined {
    return this.#schemaFault(own) ?? rootSchemaFault(own);
  }

  #schemaFault(schema: JsonSchema): SchemaFault | undefined {
    const message = this.#checkSchema?.(schema);
    return message === undefined ? undefined : { message, path: pointerIn(message) };
  }

  #relation(state: RelationState): ModelRelation {
    const { type, title, reverseType, reverseTitle, description, pairs } = state;
    return {
      type,
      title,
      reverseType,
      reverseTitle: this.#relations.get(reverseType)?.title ?? reverseTitle,
      description,
      pairs: [...pairs].map(([fromKind, toKinds]) => ({ fromKind, toKinds: [...toKinds] })),
    };
  }

  #report(message: string, { layer, index }: PlacedOperation, path: LayerPath): void {
    this.#add({ message, layer, op: index, path });
  }

  #add(fault: ModelFault): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(fault);
  }
}

/** Returns the field that an error is about. */
function identityOf(op: ModelOperation, message: string): string {
  if ('name' in op && 'kind' in op) {
    if (message.includes('unknown kind')) return 'kind';
    return op.specType === undefined || message.includes('unknown version') ? 'name' : 'specType';
  }
  if ('fromKind' in op) return 'type';
  return 'kind' in op ? 'kind' : 'name';
}

function variantName(specType: string | undefined): string {
  return specType ? `spec type "${specType}"` : 'default spec type';
}

function addPair({ pairs }: RelationState, fromKind: string, toKind: string): void {
  const toKinds = pairs.get(fromKind) ?? new Set();
  pairs.set(fromKind, toKinds.add(toKind));
}

function merged(steps: readonly SchemaStep[]): JsonSchema {
  const [first, ...changes] = steps;
  return changes.reduce<JsonSchema>(
    (schema, step) => mergeSchemas(schema, step.schema),
    first?.schema ?? anySpec,
  );
}

function withEnvelope(
  own: JsonSchema,
  { kind, apiVersion, metadata }: { kind: string; apiVersion: string; metadata: JsonSchema },
): JsonSchema {
  const required: unknown = own['required'];
  const ownRequired: readonly unknown[] = Array.isArray(required) ? required : [];
  return mergeSchemas(own, {
    type: 'object',
    required: [...new Set([...ownRequired, 'apiVersion', 'kind', 'metadata'])],
    additionalProperties: false,
    properties: { apiVersion: { const: apiVersion }, kind: { const: kind }, metadata },
  });
}

function termSchemas(terms: ReadonlyMap<string, TermState>): JsonSchema {
  return Object.fromEntries(
    [...terms].map(([name, { schema }]) => [name, schema ?? { type: 'string' }]),
  );
}

function termsOf(terms: ReadonlyMap<string, TermState>): readonly ModelTerm[] {
  return [...terms].map(([name, state]) => ({ name, ...state }));
}

/** Serializes a value with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, below: unknown) =>
    typeof below === 'object' && below !== null && !Array.isArray(below)
      ? Object.fromEntries(Object.entries(below).sort(([a], [b]) => compareCodeUnits(a, b)))
      : below,
  );
}
