import * as vscode from 'vscode';
import type { PortalPage, TechDocsService } from '../../api';
import { type Disposable, DisposableStore } from '../../base';
import type { Clock } from '../../core/ports';
import type { DocsLine } from '../../protocol/portal';
import { fromUri } from '../uri';

/** For so many milliseconds after one side has moved the other, what that one says is an echo. */
const ECHO = 150;

/** An editor that may show docs. */
interface Reader {
  readonly page: PortalPage;
  /** Brings what is said in a line of the Markdown to the top. */
  revealLine(line: DocsLine): void;
}

export interface DocsScrollingDeps {
  readonly clock: Pick<Clock, 'now'>;
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
  /** By file, when what its editors say is no echo any more. */
  #quietUntil = new Map<string, number>();

  constructor(deps: DocsScrollingDeps) {
    this.#deps = deps;
    this.#store.add(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) => {
        const line = visibleRanges[0]?.start.line;
        if (line !== undefined) void this.#follow(textEditor.document, line);
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
      this.#quietUntil.set(file, this.#deps.clock.now() + ECHO);
      const at = new vscode.Position(Math.min(line, editor.document.lineCount - 1), 0);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
    }
  }

  async #follow(document: vscode.TextDocument, line: number): Promise<void> {
    if (document.languageId !== 'markdown' || !isOn('scrollPreviewWithEditor')) return;
    const uri = fromUri(document.uri);
    if (this.#deps.clock.now() < (this.#quietUntil.get(uri) ?? 0)) return;
    for (const reader of this.#deps.readers()) {
      const { page } = reader;
      if (page.page !== 'docs' || page.site === undefined || page.path === undefined) continue;
      const { site, path } = page;
      if ((await this.#fileOf(site, path)) === uri) reader.revealLine({ site, path, line });
    }
  }

  async #fileOf(site: string, path: string): Promise<string | undefined> {
    const content = await this.#deps.techdocs.loadContent(site);
    return content?.pages.find(page => page.path === path)?.file;
  }
}

function isOn(setting: string): boolean {
  return vscode.workspace.getConfiguration('markdown.preview').get(setting, true);
}
