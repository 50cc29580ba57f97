import * as vscode from 'vscode';
import {
  ownValue,
  parseUri,
  type SearchLocation,
  type SearchResult,
  type SearchService,
  symbolOfKind,
} from '../../../../api';
import { ownersOf, placeOf } from '..';
import { toVsCodeRange } from './openResult';

/** Maximum number of symbols; a longer query finds the rest. */
const MAX_SYMBOLS = 100;

/** Symbol kinds of documents other than entities. Editors have icons for kinds of code only. */
const symbolsOfTypes: Readonly<Record<string, vscode.SymbolKind>> = {
  // Same as VS Code's Markdown headings.
  docs: vscode.SymbolKind.String,
  apis: vscode.SymbolKind.Method,
};

/**
 * Workspace symbols for everything with a location in a file. The editor shows symbols whose names contain the
 * letters of the query, so results with typos are left out.
 */
export class WorkspaceSymbols implements vscode.WorkspaceSymbolProvider {
  #search: SearchService;
  /** Results whose symbols have the entity's location until one is resolved. */
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
      // The editor uses a `#` prefix for symbols, which is not part of the query.
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

/** Adds the title to the name, because the editor filters by the displayed text. */
function nameOf(ref: string, title: string): string {
  const name = ref.slice(ref.indexOf('/') + 1);
  return title.toLowerCase() === name ? title : `${name} (${title})`;
}

/**
 * Whether VS Code's Markdown support already provides this heading, which it does once a Markdown file was opened.
 */
function isHeadingOfMarkdown({ type, location }: SearchResult): boolean {
  if (type !== 'docs' || !/\.(md|markdown)$/i.test(location?.file ?? '')) return false;
  return vscode.extensions.getExtension('vscode.markdown-language-features')?.isActive === true;
}
