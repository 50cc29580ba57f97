import type { CatalogProcessor } from '../../../../api';
import { ownText } from '../../../../base';
import type { Problem } from '../../../../model';
import type { KindSchemas } from '../customKinds/kindSchemas';
import type { DocumentPart } from '../ingest/yaml/yamlDocument';
import { MovedEntity } from '../packing/movedEntity';
import { moved, movedReference } from '../packing/movedItems';
import { PackedEntity } from '../packing/packedEntity';
import type { AnnotationReference, FileRecord, MisplacedReference, Sighting } from '../records';
import type { FileRequest, IngestOptions } from '../workspace/files/fileReading';

/** What a document gave: an entity, and what there is to say of it. */
interface Given {
  readonly entity: PackedEntity;
  readonly problems: readonly Problem[];
  readonly misplaced: readonly MisplacedReference[];
  readonly annotationRefs: readonly AnnotationReference[];
  readonly sightings: readonly Sighting[];
}

/** A document that need not be read: one like it gave the same. */
export class RecalledDocument implements Given {
  readonly source: string;
  readonly isLast: boolean;
  readonly index: number;
  readonly line: number;
  readonly entity: PackedEntity;
  readonly problems: readonly Problem[];
  readonly misplaced: readonly MisplacedReference[];
  readonly annotationRefs: readonly AnnotationReference[];
  readonly sightings: readonly Sighting[];

  constructor({ source, isLast, index, line }: DocumentPart, given: Given) {
    this.source = source;
    this.isLast = isLast;
    this.index = index;
    this.line = line;
    this.entity = given.entity;
    this.problems = given.problems;
    this.misplaced = given.misplaced;
    this.annotationRefs = given.annotationRefs;
    this.sightings = given.sightings;
  }

  /** The same where it stands now. */
  at({ index, line }: DocumentPart): RecalledDocument {
    const place = { document: index, lines: line - this.line };
    if (index === this.index && place.lines === 0) return this;
    const { source, isLast, entity, problems, misplaced, annotationRefs, sightings } = this;
    return new RecalledDocument(
      { source, isLast, index, line },
      {
        entity: new MovedEntity(entity, place),
        problems: problems.map(problem => moved(problem, place)),
        misplaced: misplaced.map(reference => movedReference(reference, place)),
        annotationRefs: annotationRefs.map(reference => movedReference(reference, place)),
        sightings,
      },
    );
  }
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
  /** In the order of the file. */
  #known: readonly RecalledDocument[] = [];
  #bySource: ReadonlyMap<string, number> | undefined;
  /** Where what is asked for next stands among them, if it stands behind what was asked for last. */
  #next = 0;
  #recalled: RecalledDocument[] = [];
  #noted: { readonly part: DocumentPart; readonly sightings: readonly Sighting[] }[] = [];

  /** Is asked for the documents of a file one after the other. */
  recall(part: DocumentPart): RecalledDocument | undefined {
    const known = this.#find(part.source);
    if (known?.isLast !== part.isLast) return undefined;
    const recalled = known.at(part);
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
    const noted = this.#noted;
    const recalled = this.#recalled;
    this.#noted = [];
    this.#recalled = [];
    this.#bySource = undefined;
    this.#next = 0;
    if (record.documents < FEW_DOCUMENTS) {
      this.#known = [];
      return;
    }
    const places = new Set(noted.map(({ part }) => part.index));
    const entities = entitiesAlone(record, recalled);
    const problems = byDocument(record.problems, places);
    const misplaced = byDocument(record.misplaced, places);
    const annotationRefs = byDocument(record.annotationRefs, places);
    const known = noted.flatMap(({ part: { source, isLast, index, line }, sightings }) => {
      const entity = entities.get(index);
      if (!entity) return [];
      const given = {
        entity,
        problems: problems.get(index) ?? [],
        misplaced: misplaced.get(index) ?? [],
        annotationRefs: annotationRefs.get(index) ?? [],
        sightings,
      };
      // Of its own: what is known of a document stays through edits of others.
      return new RecalledDocument({ source: ownText(source), isLast, index, line }, given);
    });
    this.#known = [...recalled, ...known].sort((a, b) => a.index - b.index);
  }

  /** Most stand where they stood; a few that come or go make the others stand before or behind. */
  #find(source: string): RecalledDocument | undefined {
    const next = this.#known[this.#next];
    if (next?.source === source) {
      this.#next++;
      return next;
    }
    this.#bySource ??= new Map(this.#known.map((known, place) => [known.source, place]));
    const place = this.#bySource.get(source);
    this.#next = (place ?? this.#next) + 1;
    return place === undefined ? undefined : this.#known[place];
  }
}

/** Of items that belong to documents with these places. */
function byDocument<T extends { readonly document: number | undefined }>(
  items: readonly T[],
  places: ReadonlySet<number>,
): ReadonlyMap<number, readonly T[]> {
  const lists = new Map<number, T[]>();
  for (const item of items) {
    if (item.document === undefined || !places.has(item.document)) continue;
    const others = lists.get(item.document);
    if (others) others.push(item);
    else lists.set(item.document, [item]);
  }
  return lists;
}

/**
 * By the places of their documents, the entities of those that gave no more than is told of them.
 *
 * @param recalled - in the order of the file, as the entities are: those are left out
 */
function entitiesAlone(
  { entities, failed, locationTargets }: FileRecord,
  recalled: readonly RecalledDocument[],
): ReadonlyMap<number, PackedEntity> {
  const alone = new Map<number, PackedEntity>();
  let next = 0;
  for (const entity of entities) {
    if (entity === recalled[next]?.entity) next++;
    else if (entity instanceof PackedEntity && !entity.ref.startsWith('template:')) {
      alone.set(entity.source.document, entity);
    }
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
