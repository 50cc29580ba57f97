import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A tree of no more rows than these is drawn as a whole, so that the editor finds every text in it. */
const FEW = 300;
const ROWS_IN_BLOCK = 50;
/** So many pixels beyond what is in view are drawn as well, and stay drawn for as many more. */
const BEYOND = 600;
/** Of a row, until one was measured; in pixels. */
const ROW_HEIGHT = 22;

/** Some rows that are drawn, or left out, together. */
export interface TreeBlock<T> {
  readonly rows: readonly T[];
  readonly isDrawn: boolean;
  /** Of one that is left out, in pixels. */
  readonly height: number;
}

/** Decides which rows of a long tree are drawn: those near what is in view, whatever it is that scrolls. */
export class TreeBlocks implements ReactiveController {
  #host: ReactiveControllerHost & HTMLElement;
  #near: ReadonlySet<number> = new Set([0]);
  #rowHeight = ROW_HEIGHT;
  #frame: number | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('scroll', this.#moved, { capture: true, passive: true });
    window.addEventListener('resize', this.#moved);
  }

  hostDisconnected(): void {
    document.removeEventListener('scroll', this.#moved, { capture: true });
    window.removeEventListener('resize', this.#moved);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  hostUpdated(): void {
    this.#look();
  }

  /** @param needed - indices of rows that are to be there in any case: what has the focus or is marked */
  blocksOf<T>(rows: readonly T[], needed: readonly number[]): readonly TreeBlock<T>[] {
    if (rows.length <= FEW) return [{ rows, isDrawn: true, height: 0 }];
    const drawn = new Set(needed.map(index => Math.floor(index / ROWS_IN_BLOCK)));
    return Array.from({ length: Math.ceil(rows.length / ROWS_IN_BLOCK) }, (_, block) => {
      const own = rows.slice(block * ROWS_IN_BLOCK, (block + 1) * ROWS_IN_BLOCK);
      return {
        rows: own,
        isDrawn: drawn.has(block) || this.#near.has(block),
        height: own.length * this.#rowHeight,
      };
    });
  }

  #moved = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#look();
    });
  };

  #look(): void {
    const blocks = [...this.#host.querySelectorAll<HTMLElement>('.tree-block')];
    if (blocks.length < 2) return;
    const near = new Set<number>();
    for (const [index, block] of blocks.entries()) {
      const { top, bottom, height } = block.getBoundingClientRect();
      const beyond = this.#near.has(index) ? 2 * BEYOND : BEYOND;
      if (height && bottom > -beyond && top < window.innerHeight + beyond) near.add(index);
      const rows = block.childElementCount;
      if (rows && height && !block.querySelector('.tree-content')) this.#rowHeight = height / rows;
    }
    if (near.size === this.#near.size && [...near].every(block => this.#near.has(block))) return;
    this.#near = near;
    this.#host.requestUpdate();
  }
}
