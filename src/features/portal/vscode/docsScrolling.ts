import * as vscode from 'vscode';
import type { PortalPage, TechDocsService } from '../../../api';
import { type Disposable, DisposableStore } from '../../../base';
import type { Clock } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import { readSetting } from '../../../platform/vscode/trust';
import type { DocsLine, DocsPlace } from '../protocol';

/** Milliseconds after scrolling one side during which events of that side are ignored as echoes. */
const ECHO = 150;

/** Tab of an entity page that shows docs. */
const DOCS_TAB = 'docs';

/** An editor that may show docs. */
interface Reader {
  readonly page: PortalPage;
  /** Scrolls the docs to a line of their Markdown. */
  revealLine(line: DocsLine): void;
}

export interface DocsScrollingDeps {
  readonly clock: Pick<Clock, 'now' | 'delay'>;
  readonly techdocs: TechDocsService;
  readonly readers: () => readonly Reader[];
}

/**
 * Synchronizes scrolling of docs and Markdown editors, controlled by the settings of VS Code's preview
 * (`markdown.preview.scrollPreviewWithEditor` and `scrollEditorWithPreview`).
 */
export class DocsScrolling implements Disposable {
  #deps: DocsScrollingDeps;
  #store = new DisposableStore();
  /** Last line that docs scrolled an editor to, by file, and the time until which editor events are echoes. */
  #moved = new Map<string, { readonly line: number; readonly until: number }>();
  /** Editors to check again after the echo. */
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

  /** Scrolls the editors to the line that docs show. */
  async scrolled({ site, path, line }: DocsLine): Promise<void> {
    if (!isOn('scrollEditorWithPreview')) return;
    const file = await this.#fileOf(site, path);
    for (const editor of vscode.window.visibleTextEditors) {
      if (fromUri(editor.document.uri) !== file) continue;
      // Docs may be older than the document and have more lines.
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

  /** Follows an editor after the echo, unless it is still where the docs scrolled it. */
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
      // Reads the line again: results may arrive in another order.
      const line = editor.visibleRanges[0]?.start.line;
      if (place && line !== undefined) reader.revealLine({ ...place, line });
    }
  }

  /** Returns the docs page of a file, if the page shows it. */
  async #placeIn(page: PortalPage, uri: string): Promise<DocsPlace | undefined> {
    const { techdocs } = this.#deps;
    if (page.page === 'docs' && page.site !== undefined && page.path !== undefined) {
      const { site, path } = page;
      return (await this.#fileOf(site, path)) === uri ? { site, path } : undefined;
    }
    if (page.page !== 'entity' || page.tab !== DOCS_TAB) return undefined;
    // Only the webview knows which docs page is shown.
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
