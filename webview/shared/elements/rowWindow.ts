import { defaultRangeExtractor, elementScroll, Virtualizer } from '@tanstack/virtual-core';
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { repeat } from 'lit/directives/repeat.js';

export interface RowWindowOptions {
  readonly count: number;
  /** The element that scrolls the rows, once it is drawn. */
  readonly scroller: () => Element | null;
  /** Row height in pixels; an estimate if heights vary. */
  readonly rowHeight: number;
  /** Pixels from the top of the scrolled content to the first row. */
  readonly margin: number;
  /** Pixels at the top that are covered by a sticky header. */
  readonly covered?: number;
  /** Indices of rows that are always rendered. */
  readonly kept: readonly number[];
  /** Key of a row when its index changes; default: the index. */
  readonly keyOf?: (index: number) => string;
  /** Number of rows to render beyond the visible ones. */
  readonly overscan: number;
}

/** Virtualizes the rows of a long list. */
export class RowWindow implements ReactiveController {
  readonly virtualizer: Virtualizer<Element, HTMLElement>;
  #host: ReactiveControllerHost & HTMLElement;
  #optionsOf: () => RowWindowOptions;
  #unmount: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, optionsOf: () => RowWindowOptions) {
    this.#host = host;
    this.#optionsOf = optionsOf;
    this.virtualizer = new Virtualizer(
      this.#options({
        count: 0,
        scroller: () => null,
        rowHeight: 1,
        margin: 0,
        kept: [],
        overscan: 0,
      }),
    );
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#unmount?.();
    this.#unmount = undefined;
  }

  hostUpdate(): void {
    this.refresh();
  }

  hostUpdated(): void {
    this.#unmount ??= this.virtualizer._didMount();
    this.virtualizer._willUpdate();
    for (const row of this.#host.querySelectorAll<HTMLElement>('[data-index]')) {
      this.virtualizer.measureElement(row);
    }
  }

  /** Applies the current options, such as before scrolling to a new row. */
  refresh(): void {
    this.virtualizer.setOptions(this.#options(this.#optionsOf()));
  }

  /** Renders the visible rows with space for the others. Short lists are rendered as a whole. */
  draw(row: (index: number) => unknown, { drawnWhole }: { drawnWhole: number }): TemplateResult {
    const { count, scrollMargin, getItemKey } = this.virtualizer.options;
    const isWhole = count <= drawnWhole;
    let drawnTo = scrollMargin;
    const end = isWhole ? drawnTo : drawnTo + this.virtualizer.getTotalSize();
    const items = isWhole
      ? Array.from({ length: count }, (_, index) => ({
          index,
          key: getItemKey(index),
          start: drawnTo,
          end: drawnTo,
        }))
      : this.virtualizer.getVirtualItems();
    const room = (to: number): TemplateResult | typeof nothing =>
      to > drawnTo ? html`<div role="none" .style=${`height: ${to - drawnTo}px`}></div>` : nothing;
    const rows = items.map(item => {
      const view = html`${room(item.start)}${row(item.index)}`;
      drawnTo = item.end;
      return { key: item.key, view };
    });
    return html`${repeat(
      rows,
      ({ key }) => key,
      ({ view }) => view,
    )}${room(end)}`;
  }

  #options(
    options: RowWindowOptions,
  ): ConstructorParameters<typeof Virtualizer<Element, HTMLElement>>[0] {
    const { count, scroller, rowHeight, margin, covered = 0, kept, keyOf, overscan } = options;
    return {
      count,
      overscan,
      getScrollElement: scroller,
      estimateSize: () => rowHeight,
      scrollMargin: margin,
      scrollPaddingStart: covered,
      ...(keyOf && { getItemKey: keyOf }),
      scrollToFn: elementScroll,
      observeElementRect: observeSize,
      observeElementOffset: observeScroll,
      onChange: () => this.#host.requestUpdate(),
      rangeExtractor: range => {
        const near = defaultRangeExtractor(range);
        const others = kept.filter(index => index >= 0 && index < count);
        return [...new Set([...near, ...others])].sort((a, b) => a - b);
      },
    };
  }
}

/** Also supports the root element, unlike the library: its size is the window's, its events the document's. */
function observeSize(
  { scrollElement }: Virtualizer<Element, HTMLElement>,
  notify: (size: { width: number; height: number }) => void,
): () => void {
  if (!scrollElement) return () => {};
  const look = (): void =>
    notify({ width: scrollElement.clientWidth, height: scrollElement.clientHeight });
  const observer = new ResizeObserver(look);
  observer.observe(scrollElement);
  window.addEventListener('resize', look);
  look();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', look);
  };
}

function observeScroll(
  { scrollElement }: Virtualizer<Element, HTMLElement>,
  notify: (offset: number, isScrolling: boolean) => void,
): () => void {
  if (!scrollElement) return () => {};
  const target = scrollElement === document.documentElement ? document : scrollElement;
  const look = (): void => notify(scrollElement.scrollTop, false);
  target.addEventListener('scroll', look, { passive: true });
  look();
  return () => target.removeEventListener('scroll', look);
}

/** Nearest scrollable ancestor, or the root element. */
export function scrollerOf(element: HTMLElement): Element {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const isBounded = parent.clientHeight <= window.innerHeight;
    if (isBounded && /auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return document.documentElement;
}
