import type { LitElement } from 'lit';
import { ownValue } from '../../../../src/base';

export interface GridFocusDeps {
  readonly grid: LitElement;
  readonly rowCount: () => number;
  /** Rows that PageDown goes. */
  readonly pageSize: () => number;
  /** Scrolls a row into view. */
  readonly reveal: (row: number) => void;
  readonly open: (row: number, toSide: boolean) => void;
}

/** The row of the titles. */
const HEAD = -1;

/**
 * The keyboard in a grid as the ARIA authoring practices describe it: one place has the tab stop, arrow keys
 * go from cell to cell, and from one link or button of a cell to the next. Rows come and go while the grid
 * scrolls; what has the focus is known by its place.
 */
export class GridFocus {
  #deps: GridFocusDeps;
  #row: number | undefined;
  #column = 0;
  /** Of the links and buttons in the cell. */
  #widget = 0;
  #hadFocus = false;

  constructor(deps: GridFocusDeps) {
    this.#deps = deps;
  }

  /** The row with the tab stop, which is to be drawn always; undefined where that is the titles or nothing. */
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
    // The element that had the focus may have gone with its row.
    if (this.#hadFocus && !this.#deps.grid.contains(document.activeElement)) this.#focusActive();
  }

  readonly focused = ({ target }: FocusEvent): void => {
    const stop = target as HTMLElement;
    const row = stop.closest<HTMLElement>('[data-row]');
    const cell = stop.closest<HTMLElement>('.grid-cell');
    if (!row || !cell) return;
    this.#row = Number(row.dataset['row']);
    this.#column = cellsOf(row).indexOf(cell);
    // A cell whose row has yet to come has nothing in it: where to go then is known already.
    if (stop !== cell) this.#widget = Math.max(0, stopsOf(cell).indexOf(stop));
    this.#setTabStops();
  };

  readonly keyPressed = (event: KeyboardEvent): void => {
    if (event.altKey) return;
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
    // Links and buttons know what Enter does themselves.
    const isOwn = (event.target as HTMLElement).matches('a, button') || row === HEAD;
    if (!move || (event.key === 'Enter' && isOwn)) return;
    move();
    event.preventDefault();
  };

  /** @param column - the one to go to; Infinity: the last, and the last of what is in it */
  #goTo(row: number, column = this.#column): void {
    this.#row = Math.max(HEAD, row);
    this.#column = column;
    this.#widget = column === Infinity ? Infinity : 0;
    if (this.#row !== HEAD) this.#deps.reveal(this.#row);
    this.#focusActive();
  }

  /** Goes along the stops of the row. */
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
      // Revealing is the rows' own, the columns' is the browser's.
      stop.focus({ preventScroll: true });
      stop.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (this.#row !== undefined) {
      // The row is drawn first; this is called again then.
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

/** The links and buttons of a cell; the cell itself where it has none. */
function stopsOf(cell: HTMLElement | undefined): readonly HTMLElement[] {
  if (!cell) return [];
  const widgets = [...cell.querySelectorAll<HTMLElement>('a, button')];
  return widgets.length ? widgets : [cell];
}
