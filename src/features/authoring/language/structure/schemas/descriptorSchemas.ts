import { isRecord, ownValue, translate } from '../../../../../base';
import { isOlder, type Release } from '../../../../../model';
import { additions } from '../../../../../model/releases';
import { kindInputs } from '../generated/kindInputs';
import { fieldDoc, kindDocs } from './fieldDocs';
import type { DefaultSnippet, JsonSchema } from './jsonSchema';

/** A kind that the organization has declared. */
export interface StructureKind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
  /** The `spec.type` of this variant of the kind; undefined for other types. */
  readonly specType?: string;
  /** The JSON schema of its entities, without external references. */
  readonly schema?: unknown;
}

/** The kind of a document with a missing or invalid kind. */
const UNKNOWN = '';

/** Fields that the processor reads, but Backstage's schemas lack. */
const furtherFields: Readonly<Record<string, Readonly<Record<string, InputSchema>>>> = {
  Component: { dependencyOf: { type: 'array', items: { type: 'string' } } },
  Resource: { dependencyOf: { type: 'array', items: { type: 'string' } } },
};

/** Returns the built-in schemas of a kind; the first is for types without a schema of their own. */
function inputsOf(kind: string): readonly KindInput[] {
  return kindInputs.kinds.filter(input => input.kind === kind);
}

/** Returns the best built-in schema for a kind and its `spec.type`. */
export function inputFor(kind: string, specType: string | undefined): KindInput | undefined {
  const inputs = inputsOf(kind);
  return (
    inputs.find(input => input.specType !== undefined && input.specType === specType) ??
    inputs.find(input => input.specType === undefined)
  );
}

/** Returns the schema of a built-in kind for authors. */
export function builtInSchema(
  input: KindInput,
  declared: readonly StructureKind[],
  release?: Release,
): JsonSchema {
  const general = inputFor(input.kind, undefined)?.spec ?? input.spec;
  const properties: Record<string, InputSchema> = {
    ...input.spec.properties,
    ...ownValue(furtherFields, input.kind),
    ...(input.kind === 'Template' && { steps: stepsOf(input.spec) }),
  };
  if (general.properties?.type) {
    const types = [
      ...(general.properties.type.suggestions ?? []),
      ...inputsOf(input.kind).flatMap(({ specType }) => specType ?? []),
    ];
    properties.type = { type: 'string', suggestions: [...new Set(types)] };
  }
  return envelope({
    kind: input.kind,
    apiVersions: input.apiVersions,
    declared,
    spec: ofRelease(documented({ ...input.spec, properties }, input.kind, 'spec'), input, release),
    isSpecRequired: true,
  });
}

/** Stops suggesting the fields of a spec that a release doesn't know yet. */
function ofRelease(
  spec: JsonSchema,
  { kind }: KindInput,
  release: Release | undefined,
): JsonSchema {
  if (release === undefined) return spec;
  const properties = { ...spec.properties };
  for (const { since, target } of additions) {
    if (target.type !== 'field' || target.kind !== kind || !isOlder(release, since)) continue;
    const [root, name = '', ...rest] = target.path;
    const field = root === 'spec' && !rest.length ? ownValue(properties, name) : undefined;
    if (isRecord(field)) properties[name] = { ...field, doNotSuggest: true };
  }
  return { ...spec, properties };
}

/** Adds `each`, which is newer than the schema. */
function stepsOf({ properties }: InputSchema): InputSchema {
  const steps = properties?.steps ?? {};
  const each: InputSchema = { type: ['string', 'array', 'object'] };
  return { ...steps, items: { ...steps.items, properties: { ...steps.items?.properties, each } } };
}

/** Returns the schema of a document of unknown kind; it offers all kinds. */
export function envelopeSchema(declared: readonly StructureKind[]): JsonSchema {
  const apiVersions = [
    ...new Set([...kindInputs.kinds, ...declared].flatMap(kind => kind.apiVersions)),
  ];
  return envelope({ kind: UNKNOWN, apiVersions, declared, spec: specOfAny, isSpecRequired: true });
}

const SPEC_OF_DECLARED =
  'Fields of this kind of entity. Whether it is required depends on the schema of the kind.';

const specOfAny: JsonSchema = { type: 'object' };

/** Returns the schema of a declared kind: the envelope with the organization's own schema. */
export function declaredSchema(
  kind: StructureKind,
  declared: readonly StructureKind[],
): JsonSchema {
  const { apiVersions } = kind;
  const base = envelope({
    kind: kind.kind,
    apiVersions,
    declared,
    spec: specOfAny,
    isSpecRequired: false,
  });
  if (!isRecord(kind.schema)) return base;
  const { definitions, ...own } = kind.schema as JsonSchema;
  return { ...(definitions && { definitions }), allOf: [base, own] };
}

interface EnvelopeParts {
  readonly kind: string;
  readonly apiVersions: readonly string[];
  readonly declared: readonly StructureKind[];
  readonly spec: JsonSchema;
  readonly isSpecRequired: boolean;
}

function envelope(parts: EnvelopeParts): JsonSchema {
  const { kind, apiVersions, declared, spec, isSpecRequired } = parts;
  const doc = (path: string): JsonSchema => ({ markdownDescription: fieldDoc(kind, path) });
  const onlyByBackstage = (path: string): JsonSchema => ({ ...doc(path), doNotSuggest: true });
  const metadata = documented(kindInputs.metadata, kind, 'metadata');
  return {
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata', ...(isSpecRequired ? ['spec'] : [])],
    properties: {
      apiVersion: {
        type: 'string',
        ...doc('apiVersion'),
        ...(kind !== UNKNOWN && { default: apiVersions[0] }),
        defaultSnippets: apiVersions.map(version => ({ label: version, body: version })),
      },
      kind: {
        type: 'string',
        markdownDescription: kindDoc(kind),
        ...(kind !== UNKNOWN && { default: kind }),
        defaultSnippets: kindSnippets(declared),
      },
      metadata: {
        ...metadata,
        properties: {
          ...metadata.properties,
          uid: onlyByBackstage('metadata.uid'),
          etag: onlyByBackstage('metadata.etag'),
        },
      },
      spec: {
        ...spec,
        ...(isSpecRequired ? doc('spec') : { markdownDescription: SPEC_OF_DECLARED }),
      },
      relations: onlyByBackstage('relations'),
      status: onlyByBackstage('status'),
    },
  };
}

function kindDoc(kind: string): string | undefined {
  const general = fieldDoc(kind, 'kind');
  const own = ownValue(kindDocs, kind);
  return own === undefined ? general : `${kind}: ${own}\n\n${general}`;
}

function kindSnippets(declared: readonly StructureKind[]): readonly DefaultSnippet[] {
  const names = new Set([...Object.keys(kindDocs), ...declared.map(({ kind }) => kind)]);
  return [...names].map(kind => ({
    label: kind,
    body: kind,
    ...(Object.hasOwn(kindDocs, kind) && { markdownDescription: ownValue(kindDocs, kind) }),
  }));
}

/** Adds Callboard's documentation to fields, and suggestions where completion finds them. */
function documented(
  { suggestions, properties, items, oneOf, additionalProperties, ...schema }: InputSchema,
  kind: string,
  path: string,
): JsonSchema {
  const inner = (part: InputSchema, at: string): JsonSchema => documented(part, kind, at);
  const text = fieldDoc(kind, path);
  return {
    ...schema,
    ...(text !== undefined && { description: undefined, markdownDescription: text }),
    ...(schema.deprecated && {
      deprecationMessage: text ?? schema.description ?? translate('Deprecated.'),
    }),
    ...(suggestions && {
      defaultSnippets: suggestions.map(value => ({ label: value, body: value })),
    }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, part]) => [key, inner(part, `${path}.${key}`)]),
      ),
    }),
    ...(items && { items: inner(items, `${path}[]`) }),
    ...(oneOf && {
      oneOf: oneOf.map(part => inner(part, path)),
    }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'boolean'
          ? additionalProperties
          : inner(additionalProperties, `${path}.*`),
    }),
  };
}

/** A part of Backstage's schemas, in the output of scripts/generateStructureSchemas.mjs. */
interface InputSchema extends Omit<
  JsonSchema,
  'properties' | 'items' | 'oneOf' | 'additionalProperties'
> {
  /** Common values; other values are valid too. */
  readonly suggestions?: readonly string[];
  readonly properties?: Readonly<Record<string, InputSchema>>;
  readonly items?: InputSchema;
  readonly oneOf?: readonly InputSchema[];
  readonly additionalProperties?: boolean | InputSchema;
}

/** Schema input of a kind. */
interface KindInput {
  readonly kind: string;
  readonly apiVersions: readonly string[];
  /** The `spec.type` of this variant of the kind. */
  readonly specType?: string;
  readonly description: string;
  readonly spec: InputSchema;
}

/** The built-in kinds and their common metadata. */
export interface KindInputs {
  readonly metadata: InputSchema;
  readonly kinds: readonly KindInput[];
}
