import type { LitElement } from 'lit';
import { boundedWidth, type CatalogColumn, type ResizedColumns } from './catalogColumns';

export interface ColumnResizeDeps {
  readonly grid: LitElement;
  /** Saves the widths of all resized columns. */
  readonly save: (widths: ResizedColumns) => void;
}

/** Pixels per key press. */
const STEP = 16;
/** Milliseconds after the last key press before the widths are saved. */
const SAVE_DELAY = 400;
/** Maximum width that fitting gives a column, in pixels. */
const MOST_FITTED = 600;

/** Resizes columns by dragging the edge of a title, double-clicking it, or with Shift and an arrow key. */
export class ColumnResize {
  #deps: ColumnResizeDeps;
  #saved: ResizedColumns = {};
  /** Widths, some of which aren't saved yet. */
  #widths: ResizedColumns = {};
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: ColumnResizeDeps) {
    this.#deps = deps;
  }

  /** Returns the current widths. @param saved - replaces them when it changed */
  widths(saved: ResizedColumns): ResizedColumns {
    if (JSON.stringify(saved) !== JSON.stringify(this.#saved)) {
      this.#saved = saved;
      if (this.#saving === undefined) this.#widths = saved;
    }
    return this.#widths;
  }

  /** Saves pending changes. */
  flush(): void {
    if (this.#saving === undefined) return;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.#deps.save(this.#widths);
  }

  dragStarted = (event: PointerEvent, column: CatalogColumn): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    const before = this.#widthOf(column);
    const direction = getComputedStyle(handle).direction === 'rtl' ? -1 : 1;
    const start = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const moved = ({ clientX }: PointerEvent): void => {
      this.#set(column, before + direction * (clientX - start));
    };
    const ended = (): void => {
      handle.removeEventListener('pointermove', moved);
      this.flush();
    };
    handle.addEventListener('pointermove', moved);
    handle.addEventListener('lostpointercapture', ended, { once: true });
  };

  keyPressed = (event: KeyboardEvent, column: CatalogColumn): void => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined || !event.shiftKey || event.altKey || event.ctrlKey || event.metaKey)
      return;
    event.preventDefault();
    event.stopPropagation();
    const { direction } = getComputedStyle(this.#deps.grid);
    this.#set(column, this.#widthOf(column) + (direction === 'rtl' ? -step : step));
  };

  /** Gives a column the width of its content, as far as it is rendered. */
  fit(column: CatalogColumn): void {
    const widths = this.#cellsOf(column).map(cell => {
      cell.style.width = 'max-content';
      const { offsetWidth } = cell;
      cell.style.width = '';
      return offsetWidth;
    });
    this.#set(column, Math.min(MOST_FITTED, Math.max(...widths)));
    this.flush();
  }

  #set(column: CatalogColumn, width: number): void {
    this.#widths = { ...this.#widths, [column]: boundedWidth(width) };
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.flush(), SAVE_DELAY);
    this.#deps.grid.requestUpdate();
  }

  #widthOf(column: CatalogColumn): number {
    return this.#cellsOf(column)[0]?.offsetWidth ?? 0;
  }

  #cellsOf(column: CatalogColumn): readonly HTMLElement[] {
    return [
      ...this.#deps.grid.querySelectorAll<HTMLElement>(`.grid-cell.column-${CSS.escape(column)}`),
    ];
  }
}
