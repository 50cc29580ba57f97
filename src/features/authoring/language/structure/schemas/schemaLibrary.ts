import { type RecognizedDocument, SCHEMA_SCHEME, schemaNames } from '../../../core/schemas';
import type { Release } from '../../../../../model';
import { kindInputs } from '../generated/kindInputs';
import { appConfigSchema } from './appConfigSchema';
import {
  builtInSchema,
  declaredSchema,
  envelopeSchema,
  inputFor,
  type StructureKind,
} from './descriptorSchemas';
import type { JsonSchema } from './jsonSchema';
import { mkdocsSchema } from './mkdocsSchema';
import { pluginSchema } from './pluginSchema';
import { templateTestSchema } from './templateTestSchema';

/** A schema for documents; `name` is a word. */
export interface NamedSchema {
  readonly name: string;
  /** A URI with Callboard's own scheme, or the one that the schema was read from. */
  readonly uri: string;
}

const SCHEME = `${SCHEMA_SCHEME}:/`;

/** Callboard's own schemas, by the documents that they are for. */
export class SchemaLibrary {
  readonly #declared: readonly StructureKind[];
  readonly #makers: ReadonlyMap<string, () => JsonSchema>;

  /** @param release - of the Backstage; undefined: the latest one */
  constructor(declared: readonly StructureKind[], release?: Release) {
    this.#declared = declared;
    this.#makers = new Map<string, () => JsonSchema>([
      ['mkdocs', () => mkdocsSchema],
      ['app-config', () => appConfigSchema],
      ['template-test', () => templateTestSchema],
      ['plugin', () => pluginSchema],
      ['envelope', () => envelopeSchema(declared)],
      ...kindInputs.kinds.map((input): [string, () => JsonSchema] => [
        builtInName(input.kind, input.specType),
        () => builtInSchema(input, declared, release),
      ]),
      ...declared.map((kind, index): [string, () => JsonSchema] => [
        `declared-${index}`,
        () => declaredSchema(kind, declared),
      ]),
    ]);
  }

  get all(): readonly NamedSchema[] {
    return [...this.#makers.keys()].map(name => ({ name, uri: `${SCHEME}${name}` }));
  }

  /** The built-in kinds and their variants, those with a specific type first. */
  get kinds(): readonly { name: string; kind: string; specType: string | undefined }[] {
    return kindInputs.kinds
      .map(({ kind, specType }) => ({ name: builtInName(kind, specType), kind, specType }))
      .sort((a, b) => Number(a.specType === undefined) - Number(b.specType === undefined));
  }

  schemaOf(name: string): JsonSchema | undefined {
    return this.#makers.get(name)?.();
  }

  /** Returns the name of a document's schema. */
  nameFor(document: RecognizedDocument): string {
    if (document.type !== 'descriptor') return schemaNames[document.type];
    const { apiVersion, kind, specType } = document.head;
    if (kind === undefined) return 'envelope';
    const isDeclared = (candidate: StructureKind, type: string | undefined): boolean =>
      candidate.kind === kind &&
      candidate.specType === type &&
      (apiVersion === undefined || candidate.apiVersions.includes(apiVersion));
    const ofType = this.#declared.findIndex(candidate => isDeclared(candidate, specType));
    const declared =
      ofType < 0 ? this.#declared.findIndex(candidate => isDeclared(candidate, undefined)) : ofType;
    if (declared >= 0) return `declared-${declared}`;
    const input = inputFor(kind, specType);
    return input ? builtInName(input.kind, input.specType) : 'envelope';
  }

  /** Returns a schema as JSON; undefined for other URIs. */
  textOf(uri: string): string | undefined {
    if (!uri.startsWith(SCHEME)) return undefined;
    const schema = this.schemaOf(uri.slice(SCHEME.length));
    return schema && JSON.stringify(schema);
  }
}

function builtInName(kind: string, specType: string | undefined): string {
  return specType === undefined ? `kind-${kind}` : `kind-${kind}-${specType}`;
}
