import * as vscode from 'vscode';
import type { SearchResult, SearchService } from '../../../api';
import { parseUri } from '../../../base';
import { symbolOfKind } from '../../../model/presentation';
import { ownersOf, placeOf } from '..';
import { toVsCodeRange } from './openResult';

/** More are not looked through; a longer query finds the rest. */
const MAX_SYMBOLS = 100;

/** What documents look like that are no entities; editors have icons for kinds of code, not for ours. */
const symbolsOfTypes: Readonly<Record<string, vscode.SymbolKind>> = {
  // As the headings of Markdown files do.
  docs: vscode.SymbolKind.String,
  apis: vscode.SymbolKind.Method,
};

/**
 * Everything that has a place in a file, among the symbols of the workspace. The editor shows of it what has the letters
 * of the query in its name, which leaves out what was found in spite of a typing error.
 */
export class WorkspaceSymbols implements vscode.WorkspaceSymbolProvider {
  #search: SearchService;

  constructor(search: SearchService) {
    this.#search = search;
  }

  async provideWorkspaceSymbols(
    query: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.SymbolInformation[]> {
    const abort = new AbortController();
    if (token.isCancellationRequested) return [];
    token.onCancellationRequested(() => abort.abort());
    try {
      // The editor tells symbols from files by a `#`, which is no part of what is looked for.
      const request = { query: query.replace(/^\s*#/, ''), limit: MAX_SYMBOLS };
      const { results } = await this.#search.find(request, abort.signal);
      return results.flatMap(result => symbolOf(result) ?? []);
    } catch (error) {
      if (abort.signal.aborted) return [];
      throw error;
    }
  }
}

function symbolOf(result: SearchResult): vscode.SymbolInformation | undefined {
  const { location, title, type, target, facets } = result;
  if (!location || isHeadingOfMarkdown(result)) return undefined;
  const uri = vscode.Uri.from(parseUri(location.file));
  const place = new vscode.Location(
    uri,
    location.range ? toVsCodeRange(location.range) : new vscode.Position(0, 0),
  );
  const isEntity = target.type === 'entity';
  const kind = isEntity ? symbolOfKind(facets.kind?.[0]) : undefined;
  return new vscode.SymbolInformation(
    isEntity ? nameOf(target.entityRef, title.text) : title.text,
    (kind && vscode.SymbolKind[kind]) ??
      (Object.hasOwn(symbolsOfTypes, type) ? symbolsOfTypes[type] : undefined) ??
      vscode.SymbolKind.Key,
    [...ownersOf(result), placeOf(result)].filter(Boolean).join(' · '),
    place,
  );
}

/** The title stands beside the name, as the editor filters once more by what is shown. */
function nameOf(ref: string, title: string): string {
  const name = ref.slice(ref.indexOf('/') + 1);
  return title.toLowerCase() === name ? title : `${name} (${title})`;
}

/** VS Code's own support of Markdown names all headings of the workspace, once the first file of it was open. */
function isHeadingOfMarkdown({ type, location }: SearchResult): boolean {
  if (type !== 'docs' || !/\.(md|markdown)$/i.test(location?.file ?? '')) return false;
  return vscode.extensions.getExtension('vscode.markdown-language-features')?.isActive === true;
}
