import type { LitElement } from 'lit';
import { ownValue } from '../../../../src/base';

export interface GridFocusDeps {
  readonly grid: LitElement;
  readonly rowCount: () => number;
  /** Number of rows that PageDown moves. */
  readonly pageSize: () => number;
  /** Scrolls a row into view. */
  readonly reveal: (row: number) => void;
  readonly open: (row: number, toSide: boolean) => void;
}

/** Index of the header row. */
const HEAD = -1;

/**
 * Keyboard navigation in a grid, per the ARIA authoring practices: one cell has the tab stop, arrow keys move between
 * cells and between the links and buttons of a cell. Rows are virtualized, so focus is tracked by position.
 */
export class GridFocus {
  #deps: GridFocusDeps;
  #row: number | undefined;
  #column = 0;
  /** Index of the focused link or button in the cell. */
  #widget = 0;
  #hadFocus = false;

  constructor(deps: GridFocusDeps) {
    this.#deps = deps;
  }

  /** Row with the tab stop, which must always be rendered; undefined for the header or none. */
  get row(): number | undefined {
    return this.#row === undefined || this.#row === HEAD ? undefined : this.#row;
  }

  set row(row: number | undefined) {
    this.#row = row === undefined ? undefined : Math.max(0, row);
  }

  reset(): void {
    if (this.#row !== HEAD) this.#row = undefined;
  }

  beforeUpdate(): void {
    this.#hadFocus = this.#deps.grid.contains(document.activeElement);
  }

  afterUpdate(): void {
    const last = this.#deps.rowCount() - 1;
    if (this.#row !== undefined && this.#row > last) this.#row = last < 0 ? HEAD : last;
    this.#setTabStops();
    // The focused element may have been removed with its row.
    if (this.#hadFocus && !this.#deps.grid.contains(document.activeElement)) this.#focusActive();
  }

  readonly focused = ({ target }: FocusEvent): void => {
    const stop = target as HTMLElement;
    const row = stop.closest<HTMLElement>('[data-row]');
    const cell = stop.closest<HTMLElement>('.grid-cell');
    if (!row || !cell) return;
    this.#row = Number(row.dataset['row']);
    this.#column = cellsOf(row).indexOf(cell);
    // An unloaded cell is empty, but the target within it is already known.
    if (stop !== cell) this.#widget = Math.max(0, stopsOf(cell).indexOf(stop));
    this.#setTabStops();
  };

  readonly keyPressed = (event: KeyboardEvent): void => {
    if (event.altKey || event.shiftKey) return;
    const isFar = event.ctrlKey || event.metaKey;
    const last = this.#deps.rowCount() - 1;
    const row = this.#row ?? 0;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.#goTo(Math.min(last, row + 1)),
      ArrowUp: () => this.#goTo(row - 1),
      PageDown: () => this.#goTo(Math.min(last, row + this.#deps.pageSize())),
      PageUp: () => this.#goTo(Math.max(Math.min(0, row), row - this.#deps.pageSize())),
      Home: () => this.#goTo(isFar ? Math.min(0, last) : row, 0),
      End: () => this.#goTo(isFar ? last : row, Infinity),
      ArrowRight: () => this.#goAlong(1),
      ArrowLeft: () => this.#goAlong(-1),
      Enter: () => this.#deps.open(row, isFar),
    };
    const move = ownValue(moves, event.key);
    // Links and buttons handle Enter themselves.
    const isOwn = (event.target as HTMLElement).matches('a, button') || row === HEAD;
    if (!move || (event.key === 'Enter' && isOwn)) return;
    move();
    event.preventDefault();
  };

  /** @param column - Infinity for the last column and its last link or button */
  #goTo(row: number, column = this.#column): void {
    this.#row = Math.max(HEAD, row);
    this.#column = column;
    this.#widget = column === Infinity ? Infinity : 0;
    if (this.#row !== HEAD) this.#deps.reveal(this.#row);
    this.#focusActive();
  }

  /** Moves along the links and buttons of the row. */
  #goAlong(by: number): void {
    const row = this.#rowElement();
    if (!row) return;
    const stops = cellsOf(row).flatMap((cell, column) =>
      stopsOf(cell).map((stop, widget) => ({ stop, column, widget })),
    );
    const active = this.#activeStop();
    const index = stops.findIndex(({ stop }) => stop === active);
    const next = stops[Math.max(0, Math.min(stops.length - 1, index + by))];
    if (!next) return;
    this.#column = next.column;
    this.#widget = next.widget;
    this.#focusActive();
  }

  #focusActive(): void {
    const stop = this.#activeStop();
    if (stop) {
      this.#setTabStops();
      // Rows scroll with `reveal`, columns with the browser.
      stop.focus({ preventScroll: true });
      stop.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (this.#row !== undefined) {
      // The row is rendered first; then this is called again.
      void this.#focusWhenDrawn();
    }
  }

  async #focusWhenDrawn(): Promise<void> {
    const { grid } = this.#deps;
    grid.requestUpdate();
    await grid.updateComplete;
    const stop = this.#activeStop();
    this.#setTabStops();
    stop?.focus({ preventScroll: true });
  }

  #rowElement(): HTMLElement | null {
    const row = this.#row ?? (this.#deps.rowCount() > 0 ? 0 : HEAD);
    return this.#deps.grid.querySelector<HTMLElement>(`[data-row="${row}"]`);
  }

  #activeStop(): HTMLElement | undefined {
    const row = this.#rowElement();
    if (!row) return undefined;
    const cells = cellsOf(row);
    const stops = stopsOf(cells[Math.min(this.#column, cells.length - 1)]);
    return stops[Math.min(this.#widget, stops.length - 1)];
  }

  #setTabStops(): void {
    const active = this.#activeStop() ?? this.#firstStop();
    for (const cell of this.#deps.grid.querySelectorAll<HTMLElement>('.grid-cell')) {
      const stops = stopsOf(cell);
      if (stops[0] !== cell) cell.removeAttribute('tabindex');
      for (const stop of stops) {
        const tabIndex = stop === active ? 0 : -1;
        if (stop.getAttribute('tabindex') !== `${tabIndex}`) stop.tabIndex = tabIndex;
      }
    }
  }

  #firstStop(): HTMLElement | undefined {
    const row = this.#deps.grid.querySelector<HTMLElement>('[data-row]');
    return row ? stopsOf(cellsOf(row)[0])[0] : undefined;
  }
}

function cellsOf(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('.grid-cell')];
}

/** Links and buttons of a cell, or the cell itself without any. */
function stopsOf(cell: HTMLElement | undefined): readonly HTMLElement[] {
  if (!cell) return [];
  const widgets = [...cell.querySelectorAll<HTMLElement>('a, button')];
  return widgets.length ? widgets : [cell];
}
