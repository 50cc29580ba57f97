import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/* When people see something: each frame of a window notes what it shows, by the clock of the machine. */

/** Something that a frame shows, since a moment, in milliseconds since 1970. */
export interface Sight {
  readonly at: number;
  readonly what:
    'key' | 'tree' | 'rows' | 'squiggles' | 'entity' | 'table' | 'graph' | 'docs' | 'restored';
  readonly text: string;
}

/** How often a window is asked for what it has noted, in milliseconds. */
const INTERVAL = 50;
/** How long something is waited for, in milliseconds. */
const PATIENCE = 300_000;

/** Looks at the page with each frame that is drawn. Runs in all frames of a window, before their own scripts. */
export function watchFrame(): void {
  const sights: Sight[] = [];
  const clock = (time: number): number => performance.timeOrigin + time;
  window.addEventListener(
    'keydown',
    ({ key, timeStamp }) => sights.push({ at: clock(timeStamp), what: 'key', text: key }),
    { capture: true },
  );
  const labels = (selector: string): string[] =>
    [...document.querySelectorAll(selector)].map(
      element => element.getAttribute('aria-label') ?? '',
    );
  /** Entities in all kinds of the tree. */
  const tree = (): string | undefined => {
    const counts = labels('.part.sidebar [role=treeitem]').map(label =>
      Number(/, (\d+) entit/.exec(label)?.[1] ?? 0),
    );
    return String(counts.reduce((sum, count) => sum + count, 0));
  };
  const rows = (): string | undefined =>
    document.querySelector('.quick-input-widget')?.checkVisibility()
      ? labels('.quick-input-list .monaco-list-row').join('\n')
      : undefined;
  const squiggles = (): string | undefined =>
    document.querySelector('.editor-group-container.active .monaco-editor')
      ? String(
          document.querySelectorAll('.editor-group-container.active .cdr[class*=squiggly-]').length,
        )
      : undefined;
  const entity = (): string | undefined =>
    document.querySelector('.entity-page .card-body > :not(.state-loading)')
      ? document.querySelector('.entity-page h1')?.textContent
      : undefined;
  const table = (): string | undefined =>
    document.querySelector('.catalog-grid .entity')?.textContent;
  const graph = (): string | undefined => {
    const canvas = document.querySelector<HTMLElement & { scene: { nodes: readonly unknown[] } }>(
      'callboard-graph-canvas',
    );
    return canvas?.scene?.nodes.length ? String(canvas.scene.nodes.length) : undefined;
  };
  const docs = (): string | undefined =>
    /Typed:.*/.exec(document.querySelector('.docs-article')?.textContent ?? '')?.[0];
  const restored = (): string | undefined =>
    performance.getEntriesByName('code/LifecyclePhase/Restored').length ? 'yes' : undefined;
  const looks = { tree, rows, squiggles, entity, table, graph, docs, restored };
  const shown = new Map<string, string>();
  let request = 0;
  let lookedAt = 0;
  const look = (): void => {
    lookedAt = performance.now();
    for (const [what, find] of Object.entries(looks)) {
      const text = find();
      if (text === undefined) shown.delete(what);
      else if (text !== shown.get(what)) {
        shown.set(what, text);
        sights.push({ at: clock(performance.now()), what: what as Sight['what'], text });
      }
    }
    request = requestAnimationFrame(look);
  };
  /** A document that is written anew, as those of webviews are, forgets frames that were asked for. */
  const takeSights = (): readonly Sight[] => {
    if (performance.now() - lookedAt > 100) {
      cancelAnimationFrame(request);
      request = requestAnimationFrame(look);
    }
    return sights;
  };
  Object.assign(window, { takeSights });
  request = requestAnimationFrame(look);
}

/** All that the frames of a window have noted, in its order. */
export async function sightsOf(page: Page): Promise<readonly Sight[]> {
  const found = await Promise.all(
    page.frames().map(frame =>
      frame
        .evaluate(() => (window as { takeSights?: () => Sight[] }).takeSights?.() ?? [])
        // A frame that is going or coming shows nothing.
        .catch((): Sight[] => []),
    ),
  );
  return found.flat().sort((a, b) => a.at - b.at);
}

/** Waits until a window has shown something after a time. */
export async function untilSeen(
  page: Page,
  what: Sight['what'],
  since: number,
  isMeant: (text: string) => boolean = () => true,
): Promise<Sight> {
  const latest = Date.now() + PATIENCE;
  for (;;) {
    const sights = await sightsOf(page);
    const found = sights.find(
      sight => sight.what === what && sight.at >= since && isMeant(sight.text),
    );
    if (found) return found;
    if (Date.now() > latest) throw new Error(`The window never showed: ${what}`);
    await sleep(INTERVAL);
  }
}

/** Presses keys. @returns when the window got the last of them */
export async function pressKeys(page: Page, keys: string): Promise<number> {
  const since = performance.timeOrigin + performance.now();
  await page.keyboard.press(keys);
  const isModifier = (text: string): boolean => ['Control', 'Alt', 'Shift'].includes(text);
  const { at } = await untilSeen(page, 'key', since - 1, text => !isModifier(text));
  return at;
}

/**
 * Presses a key, and waits until the list below the input field no longer changes.
 *
 * @returns milliseconds until its last change, or undefined if it did not change
 */
export async function timeOfRows(page: Page, key: string): Promise<number | undefined> {
  const pressed = await pressKeys(page, key);
  let last = pressed;
  while (performance.timeOrigin + performance.now() - last < QUIET) {
    await sleep(INTERVAL);
    const sights = await sightsOf(page);
    last = sights.findLast(({ what, at }) => what === 'rows' && at > pressed)?.at ?? pressed;
  }
  return last > pressed ? last - pressed : undefined;
}

/** How long a list has to stay the same to be taken as final, in milliseconds. */
const QUIET = 500;
