import type { CatalogService } from '../../../../../api';
import {
  compareCodeUnits,
  compareNaturally,
  type Disposable,
  DisposableStore,
  raceAbort,
} from '../../../../../base';
import { inSlices, mergeStepwise, sortStepwise } from '../../../../../platform/core';
import { isWeighty } from '../../glances';
import { type TableEntry, tableEntry } from './tableEntry';

/** Up to so many changes are made in the map of entries that there is. */
const FEW_CHANGES = 1_000;

/** The entries as they were at some time. */
export interface TableSnapshot {
  /** Another one for each change. */
  readonly version: number;
  /** Ordered by title, then by ref. */
  readonly rows: readonly TableEntry[];
  readonly byRef: Map<string, TableEntry>;
}

export interface TableProgress {
  /** How many entities were looked at. */
  readonly done: number;
  readonly total: number;
}

/**
 * All entities as entries of the table. It is put together when somebody first asks, and from then on only
 * what has changed is looked at; all of it in slices.
 */
export class TableIndex implements Disposable {
  #catalog: CatalogService;
  #store = new DisposableStore();
  #disposed = new AbortController();
  #snapshot: TableSnapshot = { version: 0, rows: [], byRef: new Map() };
  /** Undefined until somebody asks. */
  #pending: Set<string> | undefined;
  #isStale = false;
  #updating: Promise<unknown> | undefined;
  /** While all entities are looked at for the first time. */
  #firstLook: { done: number; total: number; readonly stop: AbortController } | undefined;
  #waiting = 0;

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
    this.#store.add(
      catalog.onDidChange(({ entityRefs }) => {
        if (!this.#pending) return;
        for (const ref of entityRefs) this.#pending.add(ref);
        // Problems of entities may change that are the same otherwise.
        this.#isStale = true;
      }),
    );
  }

  /** How far the first look at all entities is; undefined: there is none now. */
  get progress(): TableProgress | undefined {
    if (!this.#firstLook) return undefined;
    const { done, total } = this.#firstLook;
    return { done, total };
  }

  /**
   * The entries of what is in the catalog now.
   *
   * @throws the signal's reason once it is aborted
   */
  async load(signal: AbortSignal): Promise<TableSnapshot> {
    if (!this.#pending) {
      this.#pending = new Set();
      this.#isStale = true;
    }
    this.#waiting++;
    try {
      while ((this.#isStale || this.#updating) && !this.#disposed.signal.aborted) {
        this.#updating ??= this.#update();
        await raceAbort(this.#updating, signal);
      }
    } finally {
      this.#waiting--;
    }
    return this.#snapshot;
  }

  /** Gives up the first look, if nobody waits for it; later ones are short. */
  stop(): void {
    if (this.#waiting === 0) this.#firstLook?.stop.abort();
  }

  dispose(): void {
    this.#disposed.abort();
    this.#firstLook?.stop.abort();
    this.#store.dispose();
  }

  async #update(): Promise<void> {
    const stop = new AbortController();
    const isFirst = this.#snapshot.version === 0;
    if (isFirst) this.#firstLook = { done: 0, total: 0, stop };
    try {
      await inSlices(this.#takeUp(), isFirst ? stop.signal : this.#disposed.signal);
    } finally {
      // What was seen of it is forgotten: who asks again begins anew.
      if (stop.signal.aborted) this.#isStale = true;
      this.#firstLook = undefined;
      this.#updating = undefined;
    }
  }

  *#takeUp(): Generator<void> {
    this.#isStale = false;
    const before = this.#snapshot;
    const problems = yield* this.#countProblems();
    const refs =
      before.version === 0 ? new Set(this.#catalog.getEntityRefs()) : this.#takePending();
    const gone = new Set<string>();
    if (before.version > 0) {
      for (const ref of refs) gone.add(ref);
      yield* this.#addTroubled(gone, problems);
    }
    yield;
    const added = yield* this.#read(before.version === 0 ? refs : gone, problems);
    if (!added.length && !gone.size && before.version > 0) return;
    const sorted = yield* sortStepwise(added, compareEntries);
    const kept = before.rows.filter(({ ref }) => !gone.has(ref));
    yield;
    const rows = yield* mergeStepwise(kept, sorted, compareEntries);
    const byRef = yield* this.#mapOf(rows, before, { gone, added });
    this.#snapshot = { version: before.version + 1, rows, byRef };
  }

  #takePending(): ReadonlySet<string> {
    const pending = this.#pending ?? new Set();
    this.#pending = new Set();
    return pending;
  }

  /** Adds what has other problems than it had. */
  *#addTroubled(refs: Set<string>, problems: ReadonlyMap<string, number>): Generator<void> {
    for (const { ref, problems: known } of this.#snapshot.rows) {
      if (known !== (problems.get(ref) ?? 0)) refs.add(ref);
      yield;
    }
  }

  *#read(
    refs: ReadonlySet<string>,
    problems: ReadonlyMap<string, number>,
  ): Generator<void, readonly TableEntry[]> {
    const entries: TableEntry[] = [];
    const first = this.#firstLook;
    if (first) first.total = refs.size;
    for (const ref of refs) {
      const entity = this.#catalog.getEntityByRef(ref);
      if (entity) entries.push(tableEntry(ref, entity, problems.get(ref) ?? 0));
      if (first) first.done++;
      yield;
    }
    return entries;
  }

  /** Few changes are made in the map that there is: whoever looks up a name in it may see the newer one. */
  *#mapOf(
    rows: readonly TableEntry[],
    { byRef: known }: TableSnapshot,
    { gone, added }: { gone: ReadonlySet<string>; added: readonly TableEntry[] },
  ): Generator<void, Map<string, TableEntry>> {
    if (known.size && gone.size < FEW_CHANGES) {
      for (const ref of gone) known.delete(ref);
      for (const entry of added) known.set(entry.ref, entry);
      return known;
    }
    const byRef = new Map<string, TableEntry>();
    for (const entry of rows) {
      byRef.set(entry.ref, entry);
      yield;
    }
    return byRef;
  }

  *#countProblems(): Generator<void, ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const problem of this.#catalog.getProblems({ ungrouped: true })) {
      const { entityRef } = problem;
      if (entityRef !== undefined && isWeighty(problem)) {
        counts.set(entityRef, (counts.get(entityRef) ?? 0) + 1);
      }
      yield;
    }
    return counts;
  }
}

/** By title as people look for it; no two entries are equal. */
export function compareEntries(a: TableEntry, b: TableEntry): number {
  return compareKeys(a.title, b.title) || compareCodeUnits(a.ref, b.ref);
}

/** A total order of texts, in which those come together that differ in letter case only. */
export function compareKeys(a: string, b: string): number {
  return compareNaturally(a, b) || compareCodeUnits(a.toLowerCase(), b.toLowerCase());
}
