import * as vscode from 'vscode';
import type { SearchLocation, SearchResult, SearchService } from '../../../../api';
import { ownValue, parseUri } from '../../../../base';
import { symbolOfKind } from '../../../../model/presentation';
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
  /** What stands for the entity that it belongs to until somebody goes there. */
  #pending = new WeakMap<vscode.SymbolInformation, SearchResult>();

  constructor(search: SearchService) {
    this.#search = search;
  }

  async provideWorkspaceSymbols(
    query: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.SymbolInformation[]> {
    const signal = signalOf(token);
    try {
      // The editor tells symbols from files by a `#`, which is no part of what is looked for.
      const request = { query: query.replace(/^\s*#/, ''), limit: MAX_SYMBOLS };
      const { results } = await this.#search.find(request, signal);
      return results.flatMap(result => {
        const symbol = symbolOf(result);
        if (symbol && result.isPlacePending) this.#pending.set(symbol, result);
        return symbol ?? [];
      });
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
  }

  async resolveWorkspaceSymbol(
    symbol: vscode.SymbolInformation,
    token: vscode.CancellationToken,
  ): Promise<vscode.SymbolInformation> {
    const result = this.#pending.get(symbol);
    if (!result) return symbol;
    const signal = signalOf(token);
    try {
      const location = await this.#search.locate(result, signal);
      if (location) symbol.location = vsCodeLocation(location);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return symbol;
  }
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}

function vsCodeLocation({ file, range }: SearchLocation): vscode.Location {
  return new vscode.Location(
    vscode.Uri.from(parseUri(file)),
    range ? toVsCodeRange(range) : new vscode.Position(0, 0),
  );
}

function symbolOf(result: SearchResult): vscode.SymbolInformation | undefined {
  const { location, title, type, target, facets } = result;
  if (!location || isHeadingOfMarkdown(result)) return undefined;
  const isEntity = target.type === 'entity';
  const kind = isEntity ? symbolOfKind(facets.kind?.[0]) : undefined;
  return new vscode.SymbolInformation(
    isEntity ? nameOf(target.entityRef, title.text) : title.text,
    (kind && vscode.SymbolKind[kind]) ?? ownValue(symbolsOfTypes, type) ?? vscode.SymbolKind.Key,
    [...ownersOf(result), placeOf(result)].filter(Boolean).join(' · '),
    vsCodeLocation(location),
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
