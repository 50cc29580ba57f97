import type { PortalPage } from '../../src/api';
import { migratePage } from '../../src/features/portal/protocol';
import type { WebviewHost } from '../shared/host/connection';

/** A page as it was left. */
interface Visit {
  readonly page: PortalPage;
  /** In pixels. */
  readonly scroll: number;
}

/** What the webview keeps: a window that is reloaded, or an editor that was hidden, goes on from it. */
interface NavigationState extends Visit {
  readonly back: readonly Visit[];
  readonly forward: readonly Visit[];
}

const MAX_VISITS = 50;

/** Where the user is, and has been, as in a browser. */
export class Navigation {
  #host: WebviewHost;
  #state: NavigationState;

  /** @param first - what is shown unless the webview was here before */
  constructor(host: WebviewHost, first: PortalPage) {
    this.#host = host;
    this.#state = readState(host.getState()) ?? { page: first, scroll: 0, back: [], forward: [] };
    host.setState(this.#state);
  }

  get page(): PortalPage {
    return this.#state.page;
  }

  /** How far the page was scrolled when it was left. */
  get scroll(): number {
    return this.#state.scroll;
  }

  get canGoBack(): boolean {
    return this.#state.back.length > 0;
  }

  get canGoForward(): boolean {
    return this.#state.forward.length > 0;
  }

  /** Goes to another page, from which one can come back. */
  open(page: PortalPage): void {
    // A plugin built for an earlier version may still use the old id.
    const current = migratePage(page) as PortalPage;
    if (JSON.stringify(current) === JSON.stringify(this.page)) return;
    const { back } = this.#state;
    this.#become({
      page: current,
      scroll: 0,
      back: [...back, this.#visit()].slice(-MAX_VISITS),
      forward: [],
    });
  }

  /** Says more of the page that is shown, such as what it is filtered by. */
  replace(page: PortalPage): void {
    // One that is being left may have something to say yet.
    if (page.page !== this.page.page) return;
    this.#become({ ...this.#state, page });
  }

  scrolled(scroll: number): void {
    this.#become({ ...this.#state, scroll });
  }

  goBack(): void {
    const { back, forward } = this.#state;
    const visit = back.at(-1);
    if (!visit) return;
    this.#become({ ...visit, back: back.slice(0, -1), forward: [this.#visit(), ...forward] });
  }

  goForward(): void {
    const { back, forward } = this.#state;
    const visit = forward[0];
    if (!visit) return;
    this.#become({ ...visit, back: [...back, this.#visit()], forward: forward.slice(1) });
  }

  #visit(): Visit {
    const { page, scroll } = this.#state;
    return { page, scroll };
  }

  #become(state: NavigationState): void {
    this.#state = state;
    this.#host.setState(state);
  }
}

/** The state is the webview's own: nobody else writes it, but an older version may have. */
function readState(state: unknown): NavigationState | undefined {
  const isState =
    typeof state === 'object' &&
    state !== null &&
    'page' in state &&
    'back' in state &&
    Array.isArray(state.back) &&
    'forward' in state &&
    Array.isArray(state.forward);
  if (!isState) return undefined;
  const { back, forward, ...visit } = state as unknown as NavigationState;
  return {
    ...migrateVisit(visit),
    back: back.map(migrateVisit),
    forward: forward.map(migrateVisit),
  };
}

function migrateVisit(visit: Visit): Visit {
  return { ...visit, page: migratePage(visit.page) as PortalPage };
}

/** After so many milliseconds a page has what it is to show. */
const PATIENCE = 2_000;

/**
 * Keeps how far a page is scrolled with the page, and has a page that one comes back to where it was left. What a
 * page shows arrives after the page: until it is long enough, positions are those of something unfinished.
 */
export class ScrollKeeper {
  #navigation: Navigation;
  #wanted: number | undefined;
  #grown = new ResizeObserver(() => this.#reach());
  #giveUp: ReturnType<typeof setTimeout> | undefined;

  constructor(navigation: Navigation) {
    this.#navigation = navigation;
    this.#grown.observe(document.body);
    window.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    // Who scrolls has other wishes than to be where they were.
    for (const event of ['wheel', 'pointerdown', 'keydown'] as const) {
      window.addEventListener(event, () => this.#settle(), { passive: true, capture: true });
    }
  }

  /**
   * Leaves the page for another one.
   *
   * @param change - makes the other page the one that the navigation is at
   */
  leave(change: () => void): void {
    // The event of the last scroll may be still to come.
    this.#scrolled();
    change();
    this.#hold();
  }

  /** The page is shown: at its beginning, or where it was left. */
  restore(): void {
    this.#hold();
    this.#reach();
    // What arrives later moves nothing away from the beginning.
    if (this.#wanted === 0) this.#settle();
    else this.#giveUp = setTimeout(() => this.#settle(), PATIENCE);
  }

  /** What is scrolled until the page is shown says nothing of it. */
  #hold(): void {
    clearTimeout(this.#giveUp);
    this.#wanted = this.#navigation.scroll;
  }

  #reach(): void {
    // Not done with once it is reached: that may be what is left of the page before.
    if (this.#wanted !== undefined) window.scrollTo(0, this.#wanted);
  }

  #settle(): void {
    clearTimeout(this.#giveUp);
    this.#wanted = undefined;
  }

  #scrolled(): void {
    if (this.#wanted === undefined) this.#navigation.scrolled(window.scrollY);
  }
}
