import * as vscode from 'vscode';
import type { PortalPage, TechDocsService } from '../../../api';
import { type Disposable, DisposableStore } from '../../../base';
import type { Clock } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import { readSetting } from '../../../platform/vscode/trust';
import type { DocsLine, DocsPlace } from '../protocol';

/** For so many milliseconds after one side has moved the other, what that one says may be an echo. */
const ECHO = 150;

/** Of the pages of entities, the tab that their docs are on. */
const DOCS_TAB = 'docs';

/** An editor that may show docs. */
interface Reader {
  readonly page: PortalPage;
  /** Brings what is said in a line of the Markdown to the top. */
  revealLine(line: DocsLine): void;
}

export interface DocsScrollingDeps {
  readonly clock: Pick<Clock, 'now' | 'delay'>;
  readonly techdocs: TechDocsService;
  readonly readers: () => readonly Reader[];
}

/**
 * Keeps docs and the editors of their Markdown at the same place, as the settings of VS Code's own preview say
 * (`markdown.preview.scrollPreviewWithEditor` and `scrollEditorWithPreview`).
 */
export class DocsScrolling implements Disposable {
  #deps: DocsScrollingDeps;
  #store = new DisposableStore();
  /** By file, where docs have moved its editors, and until when what these say may be an echo of that. */
  #moved = new Map<string, { readonly line: number; readonly until: number }>();
  /** Editors that are looked at again then. */
  #waiting = new Set<vscode.TextEditor>();

  constructor(deps: DocsScrollingDeps) {
    this.#deps = deps;
    this.#store.add(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        void this.#follow(textEditor);
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Somebody has scrolled in docs. */
  async scrolled({ site, path, line }: DocsLine): Promise<void> {
    if (!isOn('scrollEditorWithPreview')) return;
    const file = await this.#fileOf(site, path);
    for (const editor of vscode.window.visibleTextEditors) {
      if (fromUri(editor.document.uri) !== file) continue;
      // Docs that were not made anew yet may know of more lines than there are.
      const last = Math.min(line, editor.document.lineCount - 1);
      this.#moved.set(file, { line: last, until: this.#deps.clock.now() + ECHO });
      const at = new vscode.Position(last, 0);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
    }
  }

  async #follow(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    if (document.languageId !== 'markdown' || !isOn('scrollPreviewWithEditor')) return;
    const uri = fromUri(document.uri);
    if (this.#deps.clock.now() < (this.#moved.get(uri)?.until ?? 0)) {
      await this.#followLater(editor, uri);
    } else await this.#reveal(editor, uri);
  }

  /** An echo ends where docs have led; who is elsewhere then has gone there. */
  async #followLater(editor: vscode.TextEditor, uri: string): Promise<void> {
    if (this.#waiting.has(editor)) return;
    this.#waiting.add(editor);
    const { clock } = this.#deps;
    const rest = (): number => (this.#moved.get(uri)?.until ?? 0) - clock.now();
    while (rest() > 0) await clock.delay(rest());
    this.#waiting.delete(editor);
    const line = this.#moved.get(uri)?.line;
    const [first] = editor.visibleRanges;
    const last = editor.visibleRanges.at(-1);
    const isSeen = vscode.window.visibleTextEditors.includes(editor);
    if (line === undefined || !first || !last || !isSeen) return;
    if (line < first.start.line || last.end.line < line) {
      await this.#reveal(editor, uri);
    }
  }

  async #reveal(editor: vscode.TextEditor, uri: string): Promise<void> {
    for (const reader of this.#deps.readers()) {
      const place = await this.#placeIn(reader.page, uri);
      // As it is by now: what is waited for may come later for an earlier place of the editor.
      const line = editor.visibleRanges[0]?.start.line;
      if (place && line !== undefined) reader.revealLine({ ...place, line });
    }
  }

  /** Where a page shows a file, if it does. */
  async #placeIn(page: PortalPage, uri: string): Promise<DocsPlace | undefined> {
    const { techdocs } = this.#deps;
    if (page.page === 'docs' && page.site !== undefined && page.path !== undefined) {
      const { site, path } = page;
      return (await this.#fileOf(site, path)) === uri ? { site, path } : undefined;
    }
    if (page.page !== 'entity' || page.tab !== DOCS_TAB) return undefined;
    // Which page of them it shows, the page itself knows.
    const location = await techdocs.locate(page.entityRef);
    if (location?.type !== 'site') return undefined;
    const content = await techdocs.loadContent(location.siteId);
    const shown = content?.pages.find(({ file }) => file === uri);
    return shown && { site: location.siteId, path: shown.path };
  }

  async #fileOf(site: string, path: string): Promise<string | undefined> {
    const content = await this.#deps.techdocs.loadContent(site);
    return content?.pages.find(page => page.path === path)?.file;
  }
}

function isOn(setting: string): boolean {
  return readSetting(`markdown.preview.${setting}`) !== false;
}
