import type { CatalogProcessor } from '../../../api';
import type { Range } from '../../../base';
import type { Problem } from '../../../model';
import type { KindSchemas } from '../customKinds/kindSchemas';
import type { DocumentPart } from '../ingest/yamlDocument';
import { PackedEntity } from '../packing/packedEntity';
import type {
  AnnotationReference,
  EntityRecord,
  FileRecord,
  MisplacedReference,
  Sighting,
} from '../records';
import type { FileRequest, IngestOptions } from '../workspace/fileReading';

/** What a document gave: an entity, and what there is to say of it. */
interface KnownDocument {
  readonly part: DocumentPart;
  readonly entity: PackedEntity;
  readonly problems: readonly Problem[];
  readonly misplaced: readonly MisplacedReference[];
  readonly annotationRefs: readonly AnnotationReference[];
  readonly sightings: readonly Sighting[];
}

/** A document that need not be read: one like it gave the same. */
export class RecalledDocument implements KnownDocument {
  readonly part: DocumentPart;
  readonly entity: PackedEntity;
  readonly problems: readonly Problem[];
  readonly misplaced: readonly MisplacedReference[];
  readonly annotationRefs: readonly AnnotationReference[];
  readonly sightings: readonly Sighting[];

  /** @param part - where it stands now */
  constructor(part: DocumentPart, known: KnownDocument) {
    const { entity, problems, misplaced, annotationRefs, sightings } = known;
    const place = { document: part.index, lines: part.line - known.part.line };
    const isThere = part.index === known.part.index && place.lines === 0;
    this.part = part;
    this.entity = isThere ? entity : entity.movedTo(place);
    this.problems = isThere ? problems : problems.map(problem => moved(problem, place));
    this.misplaced = isThere ? misplaced : misplaced.map(reference => moved(reference, place));
    this.annotationRefs = isThere
      ? annotationRefs
      : annotationRefs.map(reference => moved(reference, place));
    this.sightings = sightings;
  }
}

function moved<T extends { readonly document: number | undefined; readonly range: Range }>(
  item: T,
  { document, lines }: { document: number; lines: number },
): T {
  const { start, end } = item.range;
  const range = {
    start: { ...start, line: start.line + lines },
    end: { ...end, line: end.line + lines },
  };
  return { ...item, document, range };
}

/** With fewer documents, reading all of them again costs nothing worth saving. */
const FEW_DOCUMENTS = 8;

/**
 * What the documents of one file gave when it was read last, by their text. An edit changes one of many
 * documents: the others give what they gave, at other places.
 *
 * Only such documents are recalled as gave an entity, and maybe problems of it: no Location's targets,
 * no template's folders, and nothing of other files. What they give depends on their text alone, on what
 * the whole file is read with, and on what was seen beside it: where that changes, the file is forgotten.
 */
export class FileMemory {
  #known = new Map<string, KnownDocument>();
  #recalled: RecalledDocument[] = [];
  #noted: { readonly part: DocumentPart; readonly sightings: readonly Sighting[] }[] = [];

  recall(part: DocumentPart): RecalledDocument | undefined {
    const known = this.#known.get(part.source);
    if (known?.part.isLast !== part.isLast) return undefined;
    const recalled = new RecalledDocument(part, known);
    this.#recalled.push(recalled);
    return recalled;
  }

  /** Takes down a descriptor that was read, and what was looked for besides. */
  note(part: DocumentPart, sightings: readonly Sighting[]): void {
    // A placeholder or an expression makes a document depend on what stands in other files.
    if (!part.source.includes('$')) this.#noted.push({ part, sightings });
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
    const problems = byDocument(record.problems);
    const misplaced = byDocument(record.misplaced);
    const annotationRefs = byDocument(record.annotationRefs);
    for (const { part, sightings } of noted) {
      const entity = entities.get(part.index);
      if (!entity) continue;
      known.set(part.source, {
        part,
        entity,
        problems: problems.get(part.index) ?? [],
        misplaced: misplaced.get(part.index) ?? [],
        annotationRefs: annotationRefs.get(part.index) ?? [],
        sightings,
      });
    }
  }
}

function byDocument<T extends { readonly document: number | undefined }>(
  items: readonly T[],
): ReadonlyMap<number, readonly T[]> {
  const lists = new Map<number, T[]>();
  for (const item of items) {
    if (item.document === undefined) continue;
    const others = lists.get(item.document);
    if (others) others.push(item);
    else lists.set(item.document, [item]);
  }
  return lists;
}

/** By the places of their documents, the entities of those that gave no more than is told of them. */
function entitiesAlone(
  { entities, failed, locationTargets }: FileRecord,
  recalled: ReadonlySet<EntityRecord>,
): ReadonlyMap<number, PackedEntity> {
  const alone = new Map<number, PackedEntity>();
  for (const entity of entities) {
    if (recalled.has(entity) || !(entity instanceof PackedEntity)) continue;
    if (!entity.ref.startsWith('template:')) alone.set(entity.source.document, entity);
  }
  for (const { source } of failed) alone.delete(source.document);
  for (const { document } of locationTargets) alone.delete(document);
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

  /** Something beside a file is another than when it was read. */
  forget(uri: string): void {
    this.#files.delete(uri);
  }

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
