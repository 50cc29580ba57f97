import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PortalPage, TechDocsContent, TechDocsService } from '../../../../../src/api';
import { DocsScrolling } from '../../../../../src/features/portal/vscode/docsScrolling';

const host = vi.hoisted(() => ({
  scrolled: (_: unknown): void => undefined,
  editors: [] as unknown[],
}));

vi.mock('vscode', () => ({
  Position: class {
    constructor(readonly line: number) {}
  },
  Range: class {},
  TextEditorRevealType: { AtTop: 3 },
  window: {
    onDidChangeTextEditorVisibleRanges: (listener: (event: unknown) => void) => {
      host.scrolled = listener;
      return { dispose: () => undefined };
    },
    get visibleTextEditors() {
      return host.editors;
    },
  },
  workspace: { getConfiguration: () => ({ get: () => true }) },
}));

const file = 'file:///work/docs/index.md';
const docs = { page: 'docs', site: 'file:///work', path: 'index.md' } as const;

class SteppedClock {
  #now = 0;
  #waiting: { readonly at: number; readonly resolve: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  delay(time: number): Promise<void> {
    return new Promise(resolve => this.#waiting.push({ at: this.#now + time, resolve }));
  }

  async pass(time: number): Promise<void> {
    this.#now += time;
    for (const { at, resolve } of this.#waiting) if (at <= this.#now) resolve();
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  }
}

/** An editor of 100 lines with twenty visible, and the page of its docs. */
function setUp(
  page: PortalPage = docs,
  loaded: () => Promise<unknown> = () => Promise.resolve(),
): {
  clock: SteppedClock;
  scrolling: DocsScrolling;
  scrollTo: (line: number) => Promise<void>;
  revealed: number[];
} {
  const uri = { scheme: 'file', authority: '', path: '/work/docs/index.md' };
  const editor = {
    document: { languageId: 'markdown', lineCount: 100, uri },
    visibleRanges: [{ start: { line: 0 }, end: { line: 20 } }],
    revealRange: () => undefined,
  };
  host.editors = [editor];
  const clock = new SteppedClock();
  const revealed: number[] = [];
  const content = { pages: [{ path: 'index.md', file }] } as unknown as TechDocsContent;
  const techdocs = {
    loadContent: async () => {
      await loaded();
      return content;
    },
    locate: async (ref: string) =>
      ref === 'component:default/shop' ? { type: 'site', siteId: 'file:///work' } : undefined,
  } as unknown as TechDocsService;
  const scrolling = new DocsScrolling({
    clock,
    techdocs,
    readers: () => [{ page, revealLine: ({ line }) => revealed.push(line) }],
  });
  const scrollTo = async (line: number): Promise<void> => {
    editor.visibleRanges = [{ start: { line }, end: { line: line + 20 } }];
    host.scrolled({ textEditor: editor, visibleRanges: editor.visibleRanges });
    await clock.pass(0);
  };
  return { clock, scrolling, scrollTo, revealed };
}

describe('Scroll sync between docs and their editor', () => {
  let parts: ReturnType<typeof setUp>;
  const docsMove = (line: number): Promise<void> =>
    parts.scrolling.scrolled({ site: docs.site, path: docs.path, line });

  beforeEach(() => {
    parts = setUp();
  });

  it('follows the editor', async () => {
    await parts.scrollTo(30);
    expect(parts.revealed).toEqual([30]);
  });

  it('follows the editor on an entity page with its docs tab', async () => {
    const shop = { page: 'entity', entityRef: 'component:default/shop' } as const;
    const moved = async (page: PortalPage): Promise<readonly number[]> => {
      parts = setUp(page);
      await parts.scrollTo(30);
      return parts.revealed;
    };
    expect(await moved({ ...shop, tab: 'docs' })).toEqual([30]);
    expect(await moved({ ...shop, tab: 'overview' })).toEqual([]);
    expect(await moved({ ...shop, entityRef: 'component:default/other', tab: 'docs' })).toEqual([]);
  });

  it('ignores delayed echoes of its own scrolling', async () => {
    await docsMove(50);
    await parts.scrollTo(20);
    await parts.clock.pass(100);
    await parts.scrollTo(45);
    await parts.clock.pass(1000);
    expect(parts.revealed).toEqual([]);
  });

  it("ends at the editor's position when answers arrive out of order", async () => {
    const answers: (() => void)[] = [];
    parts = setUp(docs, () => new Promise<void>(resolve => answers.push(resolve)));
    await parts.scrollTo(60);
    await parts.scrollTo(0);
    for (const answer of answers.reverse()) answer();
    await parts.clock.pass(0);
    expect(parts.revealed.at(-1)).toBe(0);
  });

  it('follows a jump right after an echo', async () => {
    await docsMove(50);
    await parts.scrollTo(45);
    await parts.scrollTo(0);
    expect(parts.revealed).toEqual([]);
    await parts.clock.pass(1000);
    expect(parts.revealed).toEqual([0]);
  });

  it('ignores an echo when the page is longer than its text', async () => {
    await docsMove(140);
    await parts.scrollTo(79);
    await parts.clock.pass(1000);
    expect(parts.revealed).toEqual([]);
  });

  it('waits while the docs are scrolling', async () => {
    await docsMove(50);
    await parts.scrollTo(0);
    await parts.clock.pass(100);
    await docsMove(52);
    await parts.clock.pass(100);
    expect(parts.revealed).toEqual([]);
    await parts.scrollTo(52);
    await parts.clock.pass(1000);
    expect(parts.revealed).toEqual([]);
  });

  it('ignores closed editors', async () => {
    await docsMove(50);
    await parts.scrollTo(0);
    host.editors = [];
    await parts.clock.pass(1000);
    expect(parts.revealed).toEqual([]);
  });
});
