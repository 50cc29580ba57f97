import * as vscode from 'vscode';
import {
  type Disposable,
  DisposableStore,
  formatUri,
  withoutIcons,
  withoutLinks,
} from '../../../../api';
import type { SourcesContext } from './sourcesContext';

const SCHEME = 'callboard-source';

/**
 * Language status that shows the source of the active file and opens its web page. VS Code's read-only message has
 * one text for all files, so it can't do that.
 */
export class SourceFileStatus implements Disposable {
  readonly #sources: SourcesContext['sources'];
  readonly #store = new DisposableStore();
  readonly #item: vscode.LanguageStatusItem;

  constructor({ sources }: Pick<SourcesContext, 'sources'>) {
    this.#sources = sources;
    this.#item = this.#store.add(
      vscode.languages.createLanguageStatusItem('callboard.source', { scheme: SCHEME }),
    );
    this.#item.name = vscode.l10n.t('File Source');
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(() => this.#update()));
    this.#store.add(sources.onDidChange(() => this.#update()));
    this.#update();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const file = uri?.scheme === SCHEME ? formatUri(uri) : undefined;
    const source = file === undefined ? undefined : this.#sources.getSourceOf(file);
    const place = file === undefined ? undefined : this.#sources.getPlaceOf(file);
    void vscode.commands.executeCommand(
      'setContext',
      'callboard.sources.canClone',
      place?.repository !== undefined,
    );
    this.#item.text = source
      ? vscode.l10n.t('From {0}', plain(source.name))
      : vscode.l10n.t('Cached copy');
    this.#item.detail = plain(place?.webPage ?? source?.url ?? '');
    this.#item.severity = source?.failure
      ? vscode.LanguageStatusSeverity.Warning
      : vscode.LanguageStatusSeverity.Information;
    this.#item.command = place?.webPage
      ? {
          command: 'callboard.sources.openInBrowser',
          title: vscode.l10n.t('Open in Browser'),
          arguments: [uri],
        }
      : undefined;
  }
}

/** Escapes links and icons in status texts. */
function plain(text: string): string {
  return withoutIcons(withoutLinks(text));
}
