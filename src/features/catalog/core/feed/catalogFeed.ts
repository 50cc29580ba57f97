import type { CatalogChangeEvent, FailedEntity } from '../../../../api';
import { type Disposable, DisposableStore, isRecord } from '../../../../base';
import {
  type CatalogFileRow,
  type EntitySummary,
  type FailedDescriptor,
  type FileProblems,
  getCompoundEntityRef,
  type MovedSummary,
  type Problem,
  stringifyEntityRef,
} from '../../../../model';
import { Slices } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import { type CatalogEngine, type EntityRecord, moveBetween, originOf } from '..';

/** In characters; a hover shows no more of it. */
const LONGEST_DESCRIPTION = 500;
const LONGEST_ANNOTATION = 200;

/** @param isShadowed - whether another document with the same ref wins */
function summaryOf(record: EntityRecord, isShadowed: boolean): EntitySummary {
  // Reading each from a record takes a moment: once.
  const { ref, entity, source, references, emitted } = record;
  const { metadata, spec } = entity;
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  const tags: unknown = metadata['tags'];
  const annotations = isRecord(metadata['annotations'])
    ? Object.entries(metadata['annotations']).filter(
        (entry): entry is [string, string] =>
          typeof entry[1] === 'string' && entry[1].length <= LONGEST_ANNOTATION,
      )
    : [];
  return {
    ref,
    kind,
    namespace,
    name,
    ...text('title', metadata['title']),
    ...text('description', metadata['description']),
    ...text('type', spec?.['type']),
    ...text('lifecycle', spec?.['lifecycle']),
    ...(Array.isArray(tags) && { tags: tags.filter(tag => typeof tag === 'string') }),
    ...(annotations.length && { annotations: Object.fromEntries(annotations) }),
    ...(source && {
      place: { document: source.document, range: source.range, nameRange: source.nameRange },
    }),
    references,
    ...(emitted.length && { emitted }),
    ...(isShadowed && { isShadowed }),
  };
}

function failedOf({ kind, namespace, name, source }: FailedEntity): FailedDescriptor {
  const { document, range, nameRange } = source;
  return {
    ...(kind && name && { ref: stringifyEntityRef({ kind, namespace, name }) }),
    place: { document, range, nameRange },
  };
}

function text<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  if (typeof value !== 'string') return {};
  const short =
    value.length > LONGEST_DESCRIPTION ? `${value.slice(0, LONGEST_DESCRIPTION)}…` : value;
  return { [key]: short } as { readonly [P in K]?: string };
}

interface Told {
  readonly revision: number;
  readonly problems: readonly Problem[];
}

/**
 * Tells somebody who holds a copy of the catalog what is wrong with the files that are open there. Of
 * many problems, an edit leaves most what they were: those are told by their places.
 */
export class ProblemFeed {
  #problemsOf: (file: string) => readonly Problem[];
  #told = new Map<string, Told>();
  #revision = 0;

  constructor(problemsOf: (file: string) => readonly Problem[]) {
    this.#problemsOf = problemsOf;
  }

  /** To one who may know nothing of the file. */
  all(file: string): FileProblems {
    const { revision, problems } = this.#tell(file);
    return { file, revision, problems };
  }

  /** To one who knows what was told last. */
  changes(file: string): FileProblems {
    const before = this.#told.get(file);
    const { revision, problems } = this.#tell(file);
    if (!before) return { file, revision, problems };
    const places = placesIn(before.problems, problems);
    return {
      file,
      revision,
      problems: problems.map((problem, index) => places[index] ?? problem),
      base: before.revision,
    };
  }

  /** The file is closed. */
  forget(file: string): void {
    this.#told.delete(file);
  }

  #tell(file: string): Told {
    const told = { revision: ++this.#revision, problems: this.#problemsOf(file) };
    this.#told.set(file, told);
    return told;
  }
}

/** Of each problem, where it was before, if it was there. */
function placesIn(
  before: readonly Problem[],
  problems: readonly Problem[],
): readonly (number | undefined)[] {
  const more = problems.length - before.length;
  return problems.map((problem, index) =>
    // Before and behind those that an edit changed.
    [index, index - more].find(place => before[place] === problem),
  );
}

export interface CatalogFeedDeps {
  readonly engine: CatalogEngine;
  readonly clock: Clock;
  /** Gets what has changed: files with all that they bring now. The first call begins a new catalog. */
  readonly send: (rows: readonly CatalogFileRow[], state: { readonly isFirst: boolean }) => void;
  /** Is called whenever what was sent is all that there is. */
  readonly settled: (event: {
    readonly isReady: boolean;
    readonly files: ReadonlySet<string>;
  }) => void;
}

/** Entities of one message: more would hold the thread on either side. */
const CHUNK = 500;

/**
 * Tells somebody who holds a copy of the catalog what is in it, and from then on what changes. A copy
 * is complete whenever `settled` is called.
 */
export class CatalogFeed implements Disposable {
  #deps: CatalogFeedDeps;
  #store = new DisposableStore();
  /** By URI, what was sent last. */
  #sent = new Map<string, SentFile>();
  #pendingFiles = new Set<string>();
  #pendingRefs = new Set<string>();
  #running = false;
  #isFirst = true;

  constructor(deps: CatalogFeedDeps) {
    this.#deps = deps;
    const { engine } = deps;
    this.#store.add(engine.onDidChange(event => this.#changed(event)));
    this.#store.add(engine.onDidChangeStatus(() => this.#run()));
    this.restart();
  }

  /** Tells everything again, to one who knows nothing. */
  restart(): void {
    this.#isFirst = true;
    this.#sent.clear();
    for (const { uri } of this.#deps.engine.getFiles()) this.#pendingFiles.add(uri);
    for (const ref of this.#deps.engine.getEntityRefs()) this.#pendingRefs.add(ref);
    this.#run();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #changed({ entityRefs, files }: CatalogChangeEvent): void {
    for (const file of files) this.#pendingFiles.add(file);
    for (const ref of entityRefs) this.#pendingRefs.add(ref);
    this.#run();
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#sendPending().finally(() => (this.#running = false));
  }

  async #sendPending(): Promise<void> {
    const { engine, clock, send, settled } = this.#deps;
    const slices = new Slices(clock);
    const changed = new Set<string>();
    let rows: CatalogFileRow[] = [];
    let size = 0;
    const flush = (): void => {
      if (!rows.length && !this.#isFirst) return;
      send(rows, { isFirst: this.#isFirst });
      this.#isFirst = false;
      rows = [];
      size = 0;
    };
    do {
      const files = this.#pendingFiles;
      const refs = this.#pendingRefs;
      this.#pendingFiles = new Set();
      this.#pendingRefs = new Set();
      for (const uri of files) changed.add(uri);
      for (const { uri, ...file } of this.#changedFiles(files, refs)) {
        if (this.#store.isDisposed) return;
        const row = this.#rowOf(uri, file);
        if (row) rows.push(row);
        size += file.entities.length + file.failed.length + 1;
        if (size >= CHUNK) flush();
        if (slices.isOver) await slices.pause();
      }
      flush();
    } while (this.#pendingFiles.size || this.#pendingRefs.size);
    if (!this.#store.isDisposed) settled({ isReady: engine.status === 'ready', files: changed });
  }

  *#changedFiles(
    files: ReadonlySet<string>,
    refs: ReadonlySet<string>,
  ): Generator<SentFile & { readonly uri: string }> {
    const { engine } = this.#deps;
    for (const uri of files) {
      const entities = engine.getRecordsInFile(uri).map(record => ({
        record,
        isShadowed: engine.getRecord(record.ref) !== record,
      }));
      yield { uri, entities, failed: engine.getFailedInFile(uri) };
    }
    for (const ref of refs) {
      const record = engine.getRecord(ref);
      const isProvided = record !== undefined && !record.source;
      yield {
        uri: `provider:${ref}`,
        entities: isProvided ? [{ record, isShadowed: false }] : [],
        failed: [],
      };
    }
  }

  /** Undefined where there was nothing to be told, and is nothing. */
  #rowOf(uri: string, file: SentFile): CatalogFileRow | undefined {
    const { entities, failed } = file;
    const isNothing = !entities.length && !failed.length;
    const before = this.#sent.get(uri);
    if (isNothing) this.#sent.delete(uri);
    else this.#sent.set(uri, file);
    if (isNothing && !before) return undefined;
    const sent = new SentEntities(before?.entities);
    return {
      uri,
      entities: entities.map(
        entity => sent.find(entity) ?? summaryOf(entity.record, entity.isShadowed),
      ),
      ...(failed.length && { failed: failed.map(failedOf) }),
    };
  }
}

/** What was sent of a file, to be asked for what it holds now, in the order in which it does. */
class SentEntities {
  #entities: readonly SentEntity[];
  #next = 0;
  /** Places that were found: what says the same several times has a place each. */
  #found = new Set<number>();
  #byOrigin: ReadonlyMap<EntityRecord, number> | undefined;

  constructor(entities: readonly SentEntity[] = []) {
    this.#entities = entities;
  }

  /** Where the entity was sent before; undefined where something else than its place has changed. */
  find({ record, isShadowed }: SentEntity): MovedSummary | number | undefined {
    const from = this.#placeOf(record);
    const before = this.#entities[from];
    if (before?.isShadowed !== isShadowed || this.#found.has(from)) return undefined;
    const move = before.record === record ? undefined : moveBetween(before.record, record);
    if (before.record !== record && !move) return undefined;
    this.#next = from + 1;
    this.#found.add(from);
    return move ? { from, ...move } : from;
  }

  /** Most stand where they stood, or behind what stands before them. */
  #placeOf(record: EntityRecord): number {
    const origin = originOf(record);
    const next = this.#entities[this.#next];
    if (next && originOf(next.record) === origin) return this.#next;
    this.#byOrigin ??= new Map(
      this.#entities.map(({ record: other }, place) => [originOf(other), place]),
    );
    return this.#byOrigin.get(origin) ?? -1;
  }
}

interface SentFile {
  readonly entities: readonly SentEntity[];
  readonly failed: readonly FailedEntity[];
}

interface SentEntity {
  readonly record: EntityRecord;
  readonly isShadowed: boolean;
}
