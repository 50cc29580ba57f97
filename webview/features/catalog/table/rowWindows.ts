import type {
  CatalogRow,
  CatalogRowsView,
  EntityGlance,
} from '../../../../src/features/portal/protocol';

/** So many rows are asked for at a time. */
export const WINDOW = 100;
/** So many windows are kept at most: what is far away is asked for again. */
const KEPT = 30;

export interface RowWindowsDeps {
  readonly load: (start: number, signal: AbortSignal) => Promise<CatalogRowsView>;
  /** There are other rows to show. */
  readonly changed: () => void;
  /** What came belongs to other rows than those before it. */
  readonly outdated: () => void;
}

/** The rows of an answer, of which those are here that were looked at lately. */
export class RowWindows {
  #deps: RowWindowsDeps;
  #total = 0;
  #rows = new Map<number, CatalogRow>();
  #glances: Record<string, EntityGlance> = {};
  /** By number of the window: those that are on their way. */
  #running = new Map<number, AbortController>();
  /** Numbers of windows that are here, the latest last. */
  #here = new Set<number>();

  constructor(deps: RowWindowsDeps) {
    this.#deps = deps;
  }

  get total(): number {
    return this.#total;
  }

  /** Of all entities that are named in the rows that are here; more come with other rows. */
  get glances(): Readonly<Record<string, EntityGlance>> {
    return this.#glances;
  }

  get(index: number): CatalogRow | undefined {
    return this.#rows.get(index);
  }

  glance(ref: string): EntityGlance | undefined {
    return this.#glances[ref];
  }

  /** Begins anew with the first rows of another answer. */
  reset(view: CatalogRowsView): void {
    this.abort();
    this.#rows.clear();
    this.#glances = {};
    this.#here.clear();
    this.#total = view.total;
    this.#add(view);
  }

  /** Has all rows of a range come, and gives up what is on its way and not among them. */
  want(start: number, end: number): void {
    const first = Math.floor(start / WINDOW);
    const last = Math.floor(Math.max(start, Math.min(end, this.#total) - 1) / WINDOW);
    for (const [number, controller] of this.#running) {
      if (number >= first && number <= last) continue;
      controller.abort();
      this.#running.delete(number);
    }
    for (let number = first; number <= last; number++) {
      if (!this.#running.has(number) && !this.#isHere(number)) void this.#load(number);
    }
  }

  abort(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  #isHere(number: number): boolean {
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
        this.#forgetFar(number);
        this.#deps.changed();
      }
    } catch {
      // Who scrolls there again asks again; a host that is gone shows itself elsewhere.
    } finally {
      if (this.#running.get(number) === controller) this.#running.delete(number);
    }
  }

  #add({ start, rows, glances }: CatalogRowsView): void {
    for (const [offset, row] of rows.entries()) this.#rows.set(start + offset, row);
    Object.assign(this.#glances, glances);
  }

  #forgetFar(number: number): void {
    this.#here.delete(number);
    this.#here.add(number);
    const [oldest] = this.#here;
    if (this.#here.size <= KEPT || oldest === undefined) return;
    this.#here.delete(oldest);
    for (let index = oldest * WINDOW; index < (oldest + 1) * WINDOW; index++) {
      this.#rows.delete(index);
    }
  }
}
