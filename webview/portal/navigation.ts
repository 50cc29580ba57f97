import type { PortalPage } from '../../src/api';
import { migratePage } from '../../src/features/portal/protocol';
import type { WebviewHost } from '../shared/host/connection';

/** A visited page with its scroll position. */
interface Visit {
  readonly page: PortalPage;
  /** Scroll position in pixels. */
  readonly scroll: number;
}

/** Persisted state of the webview. It survives reloading the window and hiding the editor. */
interface NavigationState extends Visit {
  readonly back: readonly Visit[];
  readonly forward: readonly Visit[];
}

const MAX_VISITS = 50;

/** Navigation history, as in a browser. */
export class Navigation {
  #host: WebviewHost;
  #state: NavigationState;

  /** @param first - page to show if there is no persisted state */
  constructor(host: WebviewHost, first: PortalPage) {
    this.#host = host;
    this.#state = readState(host.getState()) ?? {
      page: migratePage(first) as PortalPage,
      scroll: 0,
      back: [],
      forward: [],
    };
    host.setState(this.#state);
  }

  get page(): PortalPage {
    return this.#state.page;
  }

  /** Scroll position of the page when it was left. */
  get scroll(): number {
    return this.#state.scroll;
  }

  get canGoBack(): boolean {
    return this.#state.back.length > 0;
  }

  get canGoForward(): boolean {
    return this.#state.forward.length > 0;
  }

  /** Opens another page and adds a history entry. */
  open(page: PortalPage): void {
    // A plugin built for an earlier version may still use the old id.
    const current = migratePage(page) as PortalPage;
    if (JSON.stringify(current) === JSON.stringify(this.page)) return;
    const { back } = this.#state;
    this.#setState({
      page: current,
      scroll: 0,
      back: [...back, this.#visit()].slice(-MAX_VISITS),
      forward: [],
    });
  }

  /** Updates the current page, such as its filters, without a history entry. */
  replace(page: PortalPage): void {
    // Ignores late updates of a page that was left.
    if (page.page !== this.page.page) return;
    this.#setState({ ...this.#state, page });
  }

  scrolled(scroll: number): void {
    this.#setState({ ...this.#state, scroll });
  }

  goBack(): void {
    const { back, forward } = this.#state;
    const visit = back.at(-1);
    if (!visit) return;
    this.#setState({ ...visit, back: back.slice(0, -1), forward: [this.#visit(), ...forward] });
  }

  goForward(): void {
    const { back, forward } = this.#state;
    const visit = forward[0];
    if (!visit) return;
    this.#setState({ ...visit, back: [...back, this.#visit()], forward: forward.slice(1) });
  }

  #visit(): Visit {
    const { page, scroll } = this.#state;
    return { page, scroll };
  }

  #setState(state: NavigationState): void {
    this.#state = state;
    this.#host.setState(state);
  }
}

/** The state is only written by this webview, but perhaps by an older version. */
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

/** Milliseconds within which a page is expected to have its content. */
const RESTORE_TIMEOUT = 2_000;

/**
 * Saves the scroll position of each page, and restores it on return. Content arrives after the page, so positions are
 * ignored until the page is tall enough.
 */
export class ScrollKeeper {
  #navigation: Navigation;
  #wanted: number | undefined;
  #resizeObserver = new ResizeObserver(() => this.#scrollToWanted());
  #restoreTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(navigation: Navigation) {
    this.#navigation = navigation;
    this.#resizeObserver.observe(document.body);
    window.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    // Scrolling by the user ends the restoration.
    for (const event of ['wheel', 'pointerdown', 'keydown'] as const) {
      window.addEventListener(event, () => this.#endRestore(), { passive: true, capture: true });
    }
  }

  /**
   * Leaves the page for another one.
   *
   * @param change - navigates to the other page
   */
  leave(change: () => void): void {
    // The last scroll event may be pending.
    this.#scrolled();
    change();
    this.#beginRestore();
  }

  /** Scrolls to the saved position once the page is tall enough. */
  restore(): void {
    this.#beginRestore();
    this.#scrollToWanted();
    // Later content doesn't move a page at its top.
    if (this.#wanted === 0) this.#endRestore();
    else this.#restoreTimer = setTimeout(() => this.#endRestore(), RESTORE_TIMEOUT);
  }

  /** Ignores scroll events until the page is restored. */
  #beginRestore(): void {
    clearTimeout(this.#restoreTimer);
    this.#wanted = this.#navigation.scroll;
  }

  #scrollToWanted(): void {
    // Stays pending after reaching the position: the old page's content may still be there.
    if (this.#wanted !== undefined) window.scrollTo(0, this.#wanted);
  }

  #endRestore(): void {
    clearTimeout(this.#restoreTimer);
    this.#wanted = undefined;
  }

  #scrolled(): void {
    if (this.#wanted === undefined) this.#navigation.scrolled(window.scrollY);
  }
}
