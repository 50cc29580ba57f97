import type { CatalogProcessor } from '../../../api';
import type { KindSchemas } from '../customKinds/kindSchemas';
import type { DocumentPart } from '../ingest/yamlDocument';
import { PackedEntity } from '../packing/packedEntity';
import type { EntityRecord, FileRecord } from '../records';
import type { FileRequest, IngestOptions } from '../workspace/fileReading';

/** A document that need not be read: one like it gave this entity, and nothing else. */
export class RecalledDocument {
  readonly part: DocumentPart;
  readonly entity: PackedEntity;

  constructor(part: DocumentPart, entity: PackedEntity) {
    this.part = part;
    this.entity = entity;
  }
}

interface KnownDocument {
  readonly part: DocumentPart;
  readonly entity: PackedEntity;
}

/** With fewer documents, reading all of them again costs nothing worth saving. */
const FEW_DOCUMENTS = 8;

/**
 * What the documents of one file gave when it was read last, by their text. An edit changes one of many
 * documents: the others give what they gave, at other places.
 *
 * Only such documents are recalled as gave an entity and nothing else: no problem, no Location's
 * targets, no template's folders, and nothing of other files. What they give depends on their text
 * alone, and on what the whole file is read with.
 */
export class FileMemory {
  #known = new Map<string, KnownDocument>();
  #recalled: RecalledDocument[] = [];
  #noted: DocumentPart[] = [];

  recall(part: DocumentPart): RecalledDocument | undefined {
    const known = this.#known.get(part.source);
    if (known?.part.isLast !== part.isLast) return undefined;
    const place = { document: part.index, lines: part.line - known.part.line };
    const isThere = part.index === known.part.index && place.lines === 0;
    const entity = isThere ? known.entity : known.entity.movedTo(place);
    const recalled = new RecalledDocument(part, entity);
    this.#recalled.push(recalled);
    return recalled;
  }

  /** Takes down a descriptor that was read. */
  note(part: DocumentPart): void {
    // Only a placeholder or an expression makes a document depend on more than its own text.
    if (!part.source.includes('$')) this.#noted.push(part);
  }

  /** @param record - compact, of the documents that were noted and recalled */
  settle(record: FileRecord): void {
    const known = (this.#known = new Map<string, KnownDocument>());
    const noted = this.#noted;
    const recalled = this.#recalled;
    this.#noted = [];
    this.#recalled = [];
    if (record.documents < FEW_DOCUMENTS) return;
    for (const document of recalled) known.set(document.part.source, document);
    const entities = entitiesAlone(record, new Set(recalled.map(({ entity }) => entity)));
    for (const part of noted) {
      const entity = entities.get(part.index);
      if (entity) known.set(part.source, { part, entity });
    }
  }
}

/** By the places of their documents, the entities of those that gave nothing else. */
function entitiesAlone(
  { entities, failed, problems, misplaced, locationTargets }: FileRecord,
  recalled: ReadonlySet<EntityRecord>,
): ReadonlyMap<number, PackedEntity> {
  const alone = new Map<number, PackedEntity>();
  for (const entity of entities) {
    if (recalled.has(entity) || !(entity instanceof PackedEntity)) continue;
    if (!entity.ref.startsWith('template:')) alone.set(entity.source.document, entity);
  }
  for (const { source } of failed) alone.delete(source.document);
  for (const { document } of problems) if (document !== undefined) alone.delete(document);
  for (const { document } of [...misplaced, ...locationTargets]) alone.delete(document);
  return alone;
}

/** What files are read with; the same objects are the same. */
interface ReadingContext {
  readonly options: IngestOptions;
  readonly kindSchemas: KindSchemas;
  readonly processors: readonly CatalogProcessor[];
}

interface Remembered extends Omit<ReadingContext, 'processors'> {
  readonly request: FileRequest;
  readonly memory: FileMemory;
}

/** People edit one file for a while, or a few. Each keeps its text in memory. */
const MOST_FILES = 4;

/** The files that were changed last. */
export class RecentFiles {
  #files = new Map<string, Remembered>();

  /** Undefined where more than its text may decide what a document gives. */
  memoryOf(
    request: FileRequest,
    { options, kindSchemas, processors }: ReadingContext,
  ): FileMemory | undefined {
    const before = this.#files.get(request.uri);
    this.#files.delete(request.uri);
    if (processors.length || options.ownerFromCodeowners) return undefined;
    const isUsable =
      before?.options === options &&
      before.kindSchemas === kindSchemas &&
      before.request.isMeant === request.isMeant &&
      before.request.boundary === request.boundary;
    const memory = isUsable ? before.memory : new FileMemory();
    this.#files.set(request.uri, { request, options, kindSchemas, memory });
    for (const uri of this.#files.keys()) {
      if (this.#files.size <= MOST_FILES) break;
      this.#files.delete(uri);
    }
    return memory;
  }
}
