import type { CatalogService } from '../../../../../api';
import {
  compareCodeUnits,
  compareNaturally,
  type Disposable,
  DisposableStore,
  raceAbort,
} from '../../../../../base';
import { runInSlices, mergeStepwise, sortStepwise } from '../../../../../platform/core';
import { isErrorOrWarning } from '../../glances';
import { type TableEntry, tableEntry } from './tableEntry';

/** Maximum number of changes that are made in the existing map of entries. */
const FEW_CHANGES = 1_000;

/** Entries at a point in time. */
export interface TableSnapshot {
  /** Differs after every change. */
  readonly version: number;
  /** Entries ordered by title, then by ref. */
  readonly rows: readonly TableEntry[];
  readonly byRef: Map<string, TableEntry>;
}

export interface TableProgress {
  /** Number of entities read so far. */
  readonly done: number;
  readonly total: number;
}

/** Entries of all entities. Built on first use, then updated with changed entities only; all in time slices. */
export class TableIndex implements Disposable {
  #catalog: CatalogService;
  #store = new DisposableStore();
  #disposed = new AbortController();
  #snapshot: TableSnapshot = { version: 0, rows: [], byRef: new Map() };
  /** Undefined before first use. */
  #pending: Set<string> | undefined;
  #isStale = false;
  #updating: Promise<unknown> | undefined;
  /** Progress of the initial read. */
  #firstLook: { done: number; total: number; readonly stop: AbortController } | undefined;
  #waiting = 0;

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
    this.#store.add(
      catalog.onDidChange(({ entityRefs }) => {
        if (!this.#pending) return;
        for (const ref of entityRefs) this.#pending.add(ref);
        // Problems of unchanged entities may have changed.
        this.#isStale = true;
      }),
    );
  }

  /** Progress of the initial read; undefined otherwise. */
  get progress(): TableProgress | undefined {
    if (!this.#firstLook) return undefined;
    const { done, total } = this.#firstLook;
    return { done, total };
  }

  /**
   * Returns the entries of the current catalog.
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

  /** Stops the initial read if nobody waits for it; later updates are short. */
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
      await runInSlices(this.#applyPending(), isFirst ? stop.signal : this.#disposed.signal);
    } finally {
      // Partial results are dropped, and the next request starts over.
      if (stop.signal.aborted) this.#isStale = true;
      this.#firstLook = undefined;
      this.#updating = undefined;
    }
  }

  *#applyPending(): Generator<void> {
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

  /** Adds entities whose number of problems changed. */
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

  /**
   * Updates the map of entries. A few changes are made in place, so readers of an older snapshot
   * may see newer entries.
   */
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
      if (entityRef !== undefined && isErrorOrWarning(problem)) {
        counts.set(entityRef, (counts.get(entityRef) ?? 0) + 1);
      }
      yield;
    }
    return counts;
  }
}

/** Compares by displayed title, then by ref; no two entries are equal. */
export function compareEntries(a: TableEntry, b: TableEntry): number {
  return compareKeys(a.title, b.title) || compareCodeUnits(a.ref, b.ref);
}

/** Compares texts in a total order that groups those that differ only in case. */
export function compareKeys(a: string, b: string): number {
  return compareNaturally(a, b) || compareCodeUnits(a.toLowerCase(), b.toLowerCase());
}
