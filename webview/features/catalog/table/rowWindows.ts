import type {
  CatalogRow,
  CatalogRowsView,
  EntityGlance,
} from '../../../../src/features/portal/protocol';

/** Number of rows to request at a time. */
export const WINDOW = 100;
/** Maximum number of cached windows. Others are requested again. */
const MAX_WINDOWS = 30;

export interface RowWindowsDeps {
  readonly load: (start: number, signal: AbortSignal) => Promise<CatalogRowsView>;
  /** Called when rows arrive. */
  readonly changed: () => void;
  /** Called when the number of rows changed, so that loaded rows are stale. */
  readonly outdated: () => void;
}

/** Cache of recently viewed rows of an answer. */
export class RowWindows {
  #deps: RowWindowsDeps;
  #total = 0;
  #rows = new Map<number, CatalogRow>();
  #glances: Record<string, EntityGlance> = {};
  /** Pending requests by window number. */
  #running = new Map<number, AbortController>();
  /** Loaded window numbers, most recently used last. */
  #loaded = new Set<number>();

  constructor(deps: RowWindowsDeps) {
    this.#deps = deps;
  }

  get total(): number {
    return this.#total;
  }

  /** Entities that the loaded rows refer to. */
  get glances(): Readonly<Record<string, EntityGlance>> {
    return this.#glances;
  }

  get(index: number): CatalogRow | undefined {
    return this.#rows.get(index);
  }

  glance(ref: string): EntityGlance | undefined {
    return this.#glances[ref];
  }

  /** Starts over with the first rows of another answer. */
  reset(view: CatalogRowsView): void {
    this.abort();
    this.#rows.clear();
    this.#glances = {};
    this.#loaded.clear();
    this.#total = view.total;
    this.#add(view);
  }

  /** Requests the missing rows of a range and cancels requests outside it. */
  want(start: number, end: number): void {
    const first = Math.floor(start / WINDOW);
    const last = Math.floor(Math.max(start, Math.min(end, this.#total) - 1) / WINDOW);
    for (const [number, controller] of this.#running) {
      if (number >= first && number <= last) continue;
      controller.abort();
      this.#running.delete(number);
    }
    for (let number = first; number <= last; number++) {
      if (!this.#running.has(number) && !this.#isLoaded(number)) void this.#load(number);
    }
  }

  abort(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  #isLoaded(number: number): boolean {
    const end = Math.min((number + 1) * WINDOW, this.#total);
    for (let index = number * WINDOW; index < end; index++) {
      if (!this.#rows.has(index)) return false;
    }
    return true;
  }

  async #load(number: number): Promise<void> {
    const controller = new AbortController();
    this.#running.set(number, controller);
    try {
      const view = await this.#deps.load(number * WINDOW, controller.signal);
      if (controller.signal.aborted) return;
      if (view.total !== this.#total) this.#deps.outdated();
      else {
        this.#add(view);
        this.#evictOldest(number);
        this.#deps.changed();
      }
    } catch {
      // Scrolling back requests the rows again. A lost host is reported elsewhere.
    } finally {
      if (this.#running.get(number) === controller) this.#running.delete(number);
    }
  }

  #add({ start, rows, glances }: CatalogRowsView): void {
    for (const [offset, row] of rows.entries()) this.#rows.set(start + offset, row);
    Object.assign(this.#glances, glances);
  }

  #evictOldest(number: number): void {
    this.#loaded.delete(number);
    this.#loaded.add(number);
    const [oldest] = this.#loaded;
    if (this.#loaded.size <= MAX_WINDOWS || oldest === undefined) return;
    this.#loaded.delete(oldest);
    for (let index = oldest * WINDOW; index < (oldest + 1) * WINDOW; index++) {
      this.#rows.delete(index);
    }
  }
}
