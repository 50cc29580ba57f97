import type { CompletionItem, Diagnostic, Hover, Position } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { errorMessage, translate } from '../../../../../base';
import type { Release } from '../../../../../model';
import { composeDocuments } from '../../../../../platform/core/yaml';
import { type RecognizedDocument, recognizeDocument } from '../../../core/schemas';
import {
  placedCompletions,
  type PlacedDocument,
  placedHover,
  refusedSchema,
  serviceDiagnostics,
} from '../answers';
import { type Modeline, readModeline } from '../modelines';
import type { StructureKind } from '../schemas/descriptorSchemas';
import { type ForeignSchemaDeps, ForeignSchemas } from '../schemas/foreignSchemas';
import { type NamedSchema, SchemaLibrary } from '../schemas/schemaLibrary';
import { type Segment, segmentAt, segmentsOf, type StructurePart } from '../structurePart';
import { isExhausting, limitService } from './limitedService';
import { YamlService } from './yamlService';

/**
 * A counter shared by all services, because their cache of parsed texts is shared and keyed by URI and version only.
 */
let version = 0;

/** The maximum number of parsed documents per schema. */
const MAX_PER_SCHEMA = 4;

/**
 * Documents for yaml-language-server, which caches parsed texts forever by URI and version and selects schemas by URI.
 * So there are few URIs, which include the schema's name and are reused for new texts.
 */
class DocumentPool {
  /** Documents by schema, the most recently used last. */
  readonly #documents = new Map<string, TextDocument[]>();

  /**
   * @param schema - its name, a word
   */
  documentFor(schema: string, text: string): TextDocument {
    const documents = this.#documents.get(schema) ?? [];
    const known = documents.find(document => document.getText() === text);
    const oldest = documents.length < MAX_PER_SCHEMA ? undefined : documents[0];
    const uri = oldest?.uri ?? `callboard-part:/${schema}/${documents.length}.yaml`;
    const document = known ?? TextDocument.create(uri, 'yaml', ++version, text);
    const others = documents.filter(other => other.uri !== document.uri);
    this.#documents.set(schema, [...others, document]);
    return document;
  }

  /** Discards documents parsed with old schemas. */
  clear(): void {
    this.#documents.clear();
  }
}

/** The maximum nesting: yaml-language-server takes cubic time for it to complete a field. */
const MAX_TAME_DEPTH = 100;
/** The maximum number of errors: it formats the line of each, in time quadratic to the line's length. */
const MAX_ERRORS = 100;
/** The maximum number of cached verdicts, because a document is checked several times after each change. */
const MAX_KEPT = 20;

/** Checks which texts yaml-language-server can read in time, since it has no limits. */
class TameTexts {
  readonly #results = new Map<string, boolean>();

  isTame(text: string): boolean {
    const known = this.#results.get(text);
    if (known !== undefined) return known;
    const isTame = composeDocuments(text, MAX_TAME_DEPTH).every(
      ({ document }) => document && document.errors.length < MAX_ERRORS,
    );
    const [oldest] = this.#results.keys();
    if (this.#results.size >= MAX_KEPT && oldest !== undefined) this.#results.delete(oldest);
    this.#results.set(text, isTame);
    return isTame;
  }
}

/** Dependencies of the structure service. */
export interface StructureDeps extends ForeignSchemaDeps {
  /** Returns the organization's own kinds; call `declaredKindsChanged` after a change. */
  declaredKinds(): readonly StructureKind[];
  /** Returns the release of the Backstage; undefined: the latest one. */
  release?(): Release | undefined;
}

/** The maximum length of a document; longer ones are generated data. */
const MAX_LENGTH = 500_000;
/** The maximum number of cached schemas of modelines. */
const MAX_FOREIGN = 8;

/** A document with its schema. */
interface Target {
  readonly recognized: RecognizedDocument | undefined;
  /** Undefined if it has no schema, possibly by its modeline. */
  readonly placed?: PlacedDocument;
  /** The schema that its modeline names. */
  readonly foreign?: NamedSchema | undefined;
  /** The modeline or `$schema` key. */
  readonly modeline?: Modeline | undefined;
  /** The problem of a refused schema. */
  readonly refused?: Diagnostic | undefined;
}

/**
 * Completes, explains and validates documents that Callboard recognizes, each by its own schema. Each document is
 * parsed separately, so that others in the file cost no time and cause no errors. All positions are those of the file.
 * Methods don't throw; they return nothing when aborted.
 */
export class StructureService {
  readonly #deps: StructureDeps;
  readonly #foreign: ForeignSchemas;
  readonly #service: YamlService;
  readonly #pool = new DocumentPool();
  readonly #tameTexts = new TameTexts();
  /** Schemas by URI, the most recently used last. */
  readonly #foreignSchemas = new Map<string, NamedSchema>();
  #foreignCount = 0;
  /** URIs of other schemas that the service has read, in its spelling. */
  readonly #read = new Set<string>();
  #library: SchemaLibrary | undefined;

  constructor(deps: StructureDeps) {
    this.#deps = deps;
    this.#foreign = new ForeignSchemas(deps);
    limitService();
    this.#service = new YamlService(async uri => this.#schemas.textOf(uri) ?? this.#load(uri));
  }

  async complete(
    part: StructurePart,
    position: Position,
    signal?: AbortSignal,
  ): Promise<readonly CompletionItem[]> {
    return quietly([], signal, async () => {
      const placed = await this.#placedAt(part, position);
      if (!placed || signal?.aborted) return [];
      const local = placed.segment.inward(position);
      const items = await this.#service.complete(placed.document, local);
      return placedCompletions(items, placed, position);
    });
  }

  async hover(
    part: StructurePart,
    position: Position,
    signal?: AbortSignal,
  ): Promise<Hover | undefined> {
    return quietly(undefined, signal, async () => {
      const placed = await this.#placedAt(part, position);
      if (!placed || signal?.aborted) return undefined;
      const local = placed.segment.inward(position);
      return placedHover(await this.#service.hover(placed.document, local), placed);
    });
  }

  /**
   * Returns problems that the catalog engine doesn't report: for descriptors and app-config.yaml, only those of a
   * schema in their modeline. Codes: `schema-mismatch`, `yaml-syntax` and `schema-refused`.
   */
  async validate(part: StructurePart, signal?: AbortSignal): Promise<readonly Diagnostic[]> {
    return quietly([], signal, async () => {
      const found: Diagnostic[] = [];
      for (const segment of segmentsOf(part)) {
        if (signal?.aborted) return [];
        found.push(...(await this.#validate(part, segment)));
      }
      return found;
    });
  }

  /** Called after a change of `declaredKinds`. */
  declaredKindsChanged(): void {
    this.#library = undefined;
    this.#pool.clear();
  }

  /**
   * Called when a file or folder has changed that may be a schema or contain some; without a URI, all may have changed.
   * Returns whether results may change.
   */
  schemaChanged(uri?: string): boolean {
    if (!this.#foreign.forget(uri)) return false;
    // A schema may refer to the changed one.
    for (const schema of this.#read) this.#service.resetSchema(schema);
    this.#read.clear();
    return true;
  }

  async #validate(part: StructurePart, segment: Segment): Promise<readonly Diagnostic[]> {
    const target = await this.#target(part, segment);
    const own = target.refused ? [target.refused] : [];
    if (!target.placed) return own;
    const { foreign, modeline } = target;
    if (isJudgedByEngine(target.recognized) && !foreign) return own;
    const { document } = target.placed;
    const found = await this.#service.validate(document);
    if (foreign && modeline && isExhausting(document)) {
      const reason = translate('validation takes too long');
      this.#foreign.refuse(foreign.uri, reason);
      return [...own, refusedSchema(segment, modeline, reason)];
    }
    const reported = serviceDiagnostics(found, target.placed, target.recognized).filter(
      ({ code }) => code !== 'yaml-syntax' || !isJudgedByEngine(target.recognized),
    );
    return [...own, ...reported];
  }

  /** Returns the document at a position; undefined if it has no schema, or on its marker. */
  async #placedAt(part: StructurePart, position: Position): Promise<PlacedDocument | undefined> {
    const segment = segmentAt(part, position);
    if (!segment || isOnMarker(segment, segment.inward(position))) return undefined;
    return (await this.#target(part, segment)).placed;
  }

  async #target({ uri, isCatalogFile }: StructurePart, segment: Segment): Promise<Target> {
    const declaredKinds = this.#deps.declaredKinds();
    const recognized = recognizeDocument(uri, segment.text, { declaredKinds, isCatalogFile });
    if (segment.text.length > MAX_LENGTH || !this.#tameTexts.isTame(segment.text)) {
      return { recognized };
    }
    const { modeline, text } = readModeline(segment.text);
    if (modeline?.schema.toLowerCase() === 'none') return { recognized };
    const found = modeline && (await this.#foreignSchema(modeline.schema, uri));
    const refused =
      modeline && found && 'refusal' in found
        ? refusedSchema(segment, modeline, found.refusal)
        : undefined;
    const foreign = found && 'name' in found ? found : undefined;
    const name = foreign?.name ?? (recognized && this.#schemas.nameFor(recognized));
    if (name === undefined) return { recognized, refused };
    const placed = { segment, document: this.#pool.documentFor(name, text) };
    return { recognized, placed, foreign, modeline, refused };
  }

  /** Returns the schema of a modeline, or the reason why it is refused. */
  async #foreignSchema(
    reference: string,
    fileUri: string,
  ): Promise<NamedSchema | { readonly refusal: string }> {
    const { uri, refusal } = this.#foreign.resolve(reference, fileUri);
    if (uri === undefined) return { refusal };
    try {
      await this.#foreign.load(uri);
    } catch (error) {
      return { refusal: errorMessage(error) };
    }
    const known = this.#foreignSchemas.get(uri);
    const schema = known ?? { uri, name: `foreign-${++this.#foreignCount}` };
    this.#foreignSchemas.delete(uri);
    this.#foreignSchemas.set(uri, schema);
    if (!known) {
      const [oldest] = this.#foreignSchemas.keys();
      if (this.#foreignSchemas.size > MAX_FOREIGN && oldest !== undefined) {
        this.#foreignSchemas.delete(oldest);
      }
      this.#configure(this.#schemas);
    }
    return schema;
  }

  async #load(uri: string): Promise<string> {
    const text = await this.#foreign.load(uri);
    this.#read.add(uri);
    return text;
  }

  get #schemas(): SchemaLibrary {
    if (!this.#library) {
      this.#library = new SchemaLibrary(this.#deps.declaredKinds(), this.#deps.release?.());
      this.#configure(this.#library);
    }
    return this.#library;
  }

  #configure(library: SchemaLibrary): void {
    this.#service.configure(
      [...library.all, ...this.#foreignSchemas.values()].map(({ name, uri }) => ({
        uri,
        // The service selects schemas by patterns of document URIs.
        fileMatch: [`${name}/*.yaml`],
      })),
    );
  }
}

/** Whether the engine validates the document itself, with the messages of a Backstage backend. */
function isJudgedByEngine(recognized: RecognizedDocument | undefined): boolean {
  return recognized?.type === 'descriptor' || recognized?.type === 'appConfig';
}

/** Returns a default result on errors and when aborted. */
async function quietly<T>(
  nothing: T,
  signal: AbortSignal | undefined,
  answer: () => Promise<T>,
): Promise<T> {
  try {
    if (signal?.aborted) return nothing;
    const found = await answer();
    return signal?.aborted ? nothing : found;
  } catch {
    // On some documents and schemas, the service overflows the stack or exceeds the limit.
    return nothing;
  }
}

/** Whether a position is on or after a `---`, where there are no results. */
function isOnMarker({ text }: Segment, local: Position): boolean {
  return /^---(?:\s|$)/.test(text.split('\n', local.line + 1)[local.line] ?? '');
}
