import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/* When people see something: each frame of a window notes what it shows, by the clock of the machine. */

/** Content of a frame, with the time since which it is shown, in milliseconds since 1970. */
export interface Mark {
  readonly at: number;
  readonly what:
    | 'key'
    | 'tree'
    | 'rows'
    | 'squiggles'
    | 'entity'
    | 'table'
    | 'graph'
    | 'docs'
    | 'restored';
  readonly text: string;
}

/** Milliseconds between two reads of a window's marks. */
const INTERVAL = 50;
/** Maximum milliseconds to wait. */
const PATIENCE = 300_000;

/** Checks the page in each animation frame. Runs in all frames of a window, before their own scripts. */
export function watchFrame(): void {
  const marks: Mark[] = [];
  const clock = (time: number): number => performance.timeOrigin + time;
  window.addEventListener(
    'keydown',
    ({ key, timeStamp }) => marks.push({ at: clock(timeStamp), what: 'key', text: key }),
    { capture: true },
  );
  const labels = (selector: string): string[] =>
    [...document.querySelectorAll(selector)].map(
      element => element.getAttribute('aria-label') ?? '',
    );
  /** Returns the number of entities in all kinds of the tree. */
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
        marks.push({ at: clock(performance.now()), what: what as Mark['what'], text });
      }
    }
    request = requestAnimationFrame(look);
  };
  /** A document that is rewritten, as in webviews, loses its requested animation frames. */
  const takeMarks = (): readonly Mark[] => {
    if (performance.now() - lookedAt > 100) {
      cancelAnimationFrame(request);
      request = requestAnimationFrame(look);
    }
    return marks;
  };
  Object.assign(window, { takeMarks });
  request = requestAnimationFrame(look);
}

/** Returns the marks of all frames of a window, in order. */
export async function readMarks(page: Page): Promise<readonly Mark[]> {
  const found = await Promise.all(
    page.frames().map(frame =>
      frame
        .evaluate(() => (window as { takeMarks?: () => Mark[] }).takeMarks?.() ?? [])
        // A frame that is being loaded or removed shows nothing.
        .catch((): Mark[] => []),
    ),
  );
  return found.flat().sort((a, b) => a.at - b.at);
}

/** Waits until a window shows the expected content after a time. */
export async function untilShown(
  page: Page,
  what: Mark['what'],
  since: number,
  isExpected: (text: string) => boolean = () => true,
): Promise<Mark> {
  const latest = Date.now() + PATIENCE;
  for (;;) {
    const marks = await readMarks(page);
    const found = marks.find(
      mark => mark.what === what && mark.at >= since && isExpected(mark.text),
    );
    if (found) return found;
    if (Date.now() > latest) throw new Error(`The window never showed: ${what}`);
    await sleep(INTERVAL);
  }
}

/** Presses keys. @returns the time at which the window received the last one */
export async function pressKeys(page: Page, keys: string): Promise<number> {
  const since = performance.timeOrigin + performance.now();
  await page.keyboard.press(keys);
  const isModifier = (text: string): boolean => ['Control', 'Alt', 'Shift'].includes(text);
  const { at } = await untilShown(page, 'key', since - 1, text => !isModifier(text));
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
    const marks = await readMarks(page);
    last = marks.findLast(({ what, at }) => what === 'rows' && at > pressed)?.at ?? pressed;
  }
  return last > pressed ? last - pressed : undefined;
}

/** Milliseconds without a change after which a list is final. */
const QUIET = 500;
