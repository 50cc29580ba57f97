import type { JsonSchema } from './jsonSchemas';

/** A field that gives relations, as an operation declares it. */
export interface RelationField {
  readonly selector: { readonly path: string };
  /** Type of the relation, such as `ownedBy`. */
  readonly relation: string;
  readonly defaultKind?: string;
  /** Namespace of refs without one; default: the entity's own. */
  readonly defaultNamespace?: 'default' | 'inherit';
  readonly allowedKinds?: readonly string[];
}

interface SchemaHolder {
  readonly jsonSchema: JsonSchema;
}

interface KindTexts {
  readonly singular: string;
  readonly plural: string;
  readonly description: string;
}

interface VersionProperties {
  readonly description?: string;
  readonly relationFields?: readonly RelationField[];
  readonly schema: SchemaHolder;
}

interface OfVersion {
  readonly kind: string;
  /** Version without its group, such as `v1alpha1`. */
  readonly name: string;
  readonly specType?: string;
}

interface OfRelation {
  readonly fromKind: string;
  readonly type: string;
  readonly toKind: string;
}

interface RelationTexts {
  readonly reverseType: string;
  readonly title: string;
  readonly description: string;
}

interface TermProperties {
  readonly title?: string;
  readonly description: string;
  readonly schema?: SchemaHolder;
}

/** Kinds of names in `metadata` that a model describes. */
export type TermType = 'Annotation' | 'Label' | 'Tag';

/** An operation on a catalog model. Source: `packages/catalog-model/src/model/operations`. */
export type ModelOperation =
  | {
      readonly op: 'declareKind.v1';
      readonly kind: string;
      readonly group: string;
      readonly properties: KindTexts;
    }
  | {
      readonly op: 'updateKind.v1';
      readonly kind: string;
      readonly properties: Partial<KindTexts>;
    }
  | { readonly op: 'removeKind.v1'; readonly kind: string }
  | ({
      readonly op: 'declareKindVersion.v1';
      readonly properties: VersionProperties;
    } & OfVersion)
  | ({
      readonly op: 'updateKindVersion.v1';
      readonly properties: Partial<VersionProperties>;
    } & OfVersion)
  | ({ readonly op: 'declareRelation.v1'; readonly properties: RelationTexts } & OfRelation)
  | ({
      readonly op: 'updateRelation.v1';
      readonly properties: Partial<RelationTexts> & { readonly reverseTitle?: string };
    } & OfRelation)
  | {
      readonly op: `declare${TermType}.v1`;
      readonly name: string;
      readonly properties: TermProperties;
    }
  | {
      readonly op: `update${TermType}.v1`;
      readonly name: string;
      readonly properties: Partial<TermProperties>;
    }
  | { readonly op: `remove${TermType}.v1`; readonly name: string };

/** Name of an operation with its version, such as `declareKind.v1`. */
export type OperationName = ModelOperation['op'];

/** A list of operations under an id. Layers with the same id and operations count once. */
export interface ModelLayer {
  readonly layerId: string;
  readonly ops: readonly ModelOperation[];
}

/** Format of a field; see `readLayers`. */
export type FieldFormat = 'text' | 'relationFields' | 'schema' | 'termSchema' | 'schemaChange';

/** Fields by name; the name of an optional one ends with a question mark. */
type Fields = Readonly<Record<string, FieldFormat>>;

/** The fields of an operation. */
export interface OperationRow {
  readonly fields: Fields;
  /** Undefined if the operation has no properties. */
  readonly properties?: Fields;
}

const texts = { singular: 'text', plural: 'text', description: 'text' } as const;
const someTexts = { 'singular?': 'text', 'plural?': 'text', 'description?': 'text' } as const;
const version = { kind: 'text', name: 'text', 'specType?': 'text' } as const;
const relation = { fromKind: 'text', type: 'text', toKind: 'text' } as const;
const name = { name: 'text' } as const;

/** Fields of operations, in the order in which a model is compiled, whatever the order in layers. */
export const operationRows: Readonly<Record<OperationName, OperationRow>> = {
  'declareAnnotation.v1': declaredTerm('termSchema'),
  'declareLabel.v1': declaredTerm('termSchema'),
  'declareTag.v1': declaredTerm(),
  'declareKind.v1': { fields: { kind: 'text', group: 'text' }, properties: texts },
  'declareKindVersion.v1': {
    fields: version,
    properties: {
      'description?': 'text',
      'relationFields?': 'relationFields',
      schema: 'schema',
    },
  },
  'declareRelation.v1': {
    fields: relation,
    properties: { reverseType: 'text', title: 'text', description: 'text' },
  },
  'updateAnnotation.v1': updatedTerm('termSchema'),
  'updateLabel.v1': updatedTerm('termSchema'),
  'updateTag.v1': updatedTerm(),
  'updateKind.v1': { fields: { kind: 'text' }, properties: someTexts },
  'updateKindVersion.v1': {
    fields: version,
    properties: {
      'description?': 'text',
      'relationFields?': 'relationFields',
      'schema?': 'schemaChange',
    },
  },
  'updateRelation.v1': {
    fields: relation,
    properties: {
      'reverseType?': 'text',
      'reverseTitle?': 'text',
      'title?': 'text',
      'description?': 'text',
    },
  },
  'removeAnnotation.v1': { fields: name },
  'removeLabel.v1': { fields: name },
  'removeTag.v1': { fields: name },
  'removeKind.v1': { fields: { kind: 'text' } },
};

/** All operations that layers may contain. */
export const operationNames = Object.keys(operationRows) as readonly OperationName[];

function declaredTerm(schema?: FieldFormat): OperationRow {
  const properties = { 'title?': 'text', description: 'text' } as const;
  return { fields: name, properties: schema ? { ...properties, 'schema?': schema } : properties };
}

function updatedTerm(schema?: FieldFormat): OperationRow {
  const properties = { 'title?': 'text', 'description?': 'text' } as const;
  return { fields: name, properties: schema ? { ...properties, 'schema?': schema } : properties };
}
