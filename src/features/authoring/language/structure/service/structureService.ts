import type { CompletionItem, Diagnostic, Hover, Position } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { composeDocuments } from '../../../../../platform/core/yaml';
import { type RecognisedDocument, recogniseDocument } from '../../../core/schemas';
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

/** Counts on for all services: what was read is kept by all of them together, URI and version alone tell. */
let version = 0;

/** How many documents of each schema are kept as they were read. */
const MAX_PER_SCHEMA = 4;

/**
 * Texts as yaml-language-server wants them: it keeps what it read by URI and version and for ever, and
 * chooses schemas by URI. So there are few URIs, which new texts take over, and each says its schema.
 */
class DocumentPool {
  /** By schema, the one used last at the end. */
  readonly #documents = new Map<string, TextDocument[]>();

  /** @param schema - the name of it, a word */
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

  /** What was read by schemas that have changed is read anew. */
  clear(): void {
    this.#documents.clear();
  }
}

/** Levels of documents that get help: yaml-language-server takes the cube of them to complete a field. */
const MAX_TAME_DEPTH = 100;
/** Errors of documents that get help: it draws the line of each, which takes the square of what a line has. */
const MAX_ERRORS = 100;
/** How many verdicts are kept: a document is asked about several times each time that it changes. */
const MAX_KEPT = 20;

/** Tells which texts yaml-language-server can read in time; it has no limits of its own. */
class TameTexts {
  readonly #verdicts = new Map<string, boolean>();

  isTame(text: string): boolean {
    const known = this.#verdicts.get(text);
    if (known !== undefined) return known;
    const isTame = composeDocuments(text, MAX_TAME_DEPTH).every(
      ({ document }) => document && document.errors.length < MAX_ERRORS,
    );
    const [oldest] = this.#verdicts.keys();
    if (this.#verdicts.size >= MAX_KEPT && oldest !== undefined) this.#verdicts.delete(oldest);
    this.#verdicts.set(text, isTame);
    return isTame;
  }
}

/** What the structure service asks of the world. */
export interface StructureDeps extends ForeignSchemaDeps {
  /** The organisation's own kinds; `declaredKindsChanged` says when they have become others. */
  declaredKinds(): readonly StructureKind[];
}

/** Longer documents are data, which nobody writes by hand. */
const MAX_LENGTH = 500_000;
/** How many schemas of modelines are held ready. */
const MAX_FOREIGN = 8;

/** A document, and what it is held against. */
interface Target {
  readonly recognised: RecognisedDocument | undefined;
  /** Undefined where it has no schema, which may be its wish. */
  readonly placed?: PlacedDocument;
  /** The schema that it names itself. */
  readonly foreign?: NamedSchema | undefined;
  /** The comment, or the like, that names it. */
  readonly modeline?: Modeline | undefined;
  /** Why the schema that it names is not read. */
  readonly refused?: Diagnostic | undefined;
}

/**
 * Helps with the structure of YAML documents that Callboard knows, by the schema of what each says that
 * it is. Each is read by itself: what others of its file hold costs nothing and disturbs nothing. All
 * positions are those of the file. Nothing throws; where there is nothing to say, or the signal was
 * aborted, nothing is said.
 */
export class StructureService {
  readonly #deps: StructureDeps;
  readonly #foreign: ForeignSchemas;
  readonly #service: YamlService;
  readonly #pool = new DocumentPool();
  readonly #tameTexts = new TameTexts();
  /** By URI, the one used last at the end. */
  readonly #foreignSchemas = new Map<string, NamedSchema>();
  #foreignCount = 0;
  /** What the service has read of others, as it spells the URIs. */
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
   * Nothing that the catalog engine says: of descriptors and app-config.yaml only what a schema objects to
   * that they name themselves. Codes: `schema-mismatch`, `yaml-syntax` and `schema-refused`.
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

  /** To be called when `declaredKinds` gives others. */
  declaredKindsChanged(): void {
    this.#library = undefined;
    this.#pool.clear();
  }

  /**
   * To be called when a file or folder changes that may be a schema, or hold some; without a URI, all may
   * have changed. Returns whether answers may be others now.
   */
  schemaChanged(uri?: string): boolean {
    if (!this.#foreign.forget(uri)) return false;
    // What a schema refers to may be what has changed.
    for (const schema of this.#read) this.#service.resetSchema(schema);
    this.#read.clear();
    return true;
  }

  async #validate(part: StructurePart, segment: Segment): Promise<readonly Diagnostic[]> {
    const target = await this.#target(part, segment);
    const own = target.refused ? [target.refused] : [];
    if (!target.placed) return own;
    const { foreign, modeline } = target;
    if (isJudgedByEngine(target.recognised) && !foreign) return own;
    const { document } = target.placed;
    const found = await this.#service.validate(document);
    if (foreign && modeline && isExhausting(document)) {
      const reason = 'it takes too long to judge by it';
      this.#foreign.refuse(foreign.uri, reason);
      return [...own, refusedSchema(segment, modeline, reason)];
    }
    const said = serviceDiagnostics(found, target.placed, target.recognised).filter(
      ({ code }) => code !== 'yaml-syntax' || !isJudgedByEngine(target.recognised),
    );
    return [...own, ...said];
  }

  /** The document at a position; undefined where it has no schema, and on its marker. */
  async #placedAt(part: StructurePart, position: Position): Promise<PlacedDocument | undefined> {
    const segment = segmentAt(part, position);
    if (!segment || isOnMarker(segment, segment.inward(position))) return undefined;
    return (await this.#target(part, segment)).placed;
  }

  async #target({ uri, isCatalogFile }: StructurePart, segment: Segment): Promise<Target> {
    const declaredKinds = this.#deps.declaredKinds();
    const recognised = recogniseDocument(uri, segment.text, { declaredKinds, isCatalogFile });
    if (segment.text.length > MAX_LENGTH || !this.#tameTexts.isTame(segment.text)) {
      return { recognised };
    }
    const { modeline, text } = readModeline(segment.text);
    if (modeline?.schema.toLowerCase() === 'none') return { recognised };
    const asked = modeline && (await this.#foreignSchema(modeline.schema, uri));
    const refused =
      modeline && asked && 'refusal' in asked
        ? refusedSchema(segment, modeline, asked.refusal)
        : undefined;
    const foreign = asked && 'name' in asked ? asked : undefined;
    const name = foreign?.name ?? (recognised && this.#schemas.nameFor(recognised));
    if (name === undefined) return { recognised, refused };
    const placed = { segment, document: this.#pool.documentFor(name, text) };
    return { recognised, placed, foreign, modeline, refused };
  }

  /** What the modeline of a file asks for, or why it does not get it. */
  async #foreignSchema(
    reference: string,
    fileUri: string,
  ): Promise<NamedSchema | { readonly refusal: string }> {
    const { uri, refusal } = this.#foreign.resolve(reference, fileUri);
    if (uri === undefined) return { refusal };
    try {
      await this.#foreign.load(uri);
    } catch (error) {
      return { refusal: error instanceof Error ? error.message : String(error) };
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
      this.#library = new SchemaLibrary(this.#deps.declaredKinds());
      this.#configure(this.#library);
    }
    return this.#library;
  }

  #configure(library: SchemaLibrary): void {
    this.#service.configure(
      [...library.all, ...this.#foreignSchemas.values()].map(({ name, uri }) => ({
        uri,
        // How the service is told of a schema: by a pattern that the URIs of its documents fit.
        fileMatch: [`${name}/*.yaml`],
      })),
    );
  }
}

/** The engine reads these itself, and says what a server would. */
function isJudgedByEngine(recognised: RecognisedDocument | undefined): boolean {
  return recognised?.type === 'descriptor' || recognised?.type === 'appConfig';
}

/** What to answer where something goes wrong, or nobody waits any more. */
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
    // Documents and schemas may be anything: the service runs out of stack on some, others have no end.
    return nothing;
  }
}

/** On a `---`, or behind one, nothing is to be completed or told. */
function isOnMarker({ text }: Segment, local: Position): boolean {
  return /^---(?:\s|$)/.test(text.split('\n', local.line + 1)[local.line] ?? '');
}
