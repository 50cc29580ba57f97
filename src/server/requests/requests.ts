import {
  type CancellationToken,
  type CompletionItem,
  type Connection,
  type Hover,
  type LocationLink,
  type MarkupContent,
  type Range,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import { comparePositions, type Logger } from '../../base';
import {
  type CodeActionRequest,
  type LanguageContext,
  type LanguageProvider,
  type PositionRequest,
  type TextRequest,
  type YamlText,
} from '../../features/authoring/language';
import type { Problem } from '../../model';
import type { Clock } from '../../platform/core/ports';
import { isUntitled, isYaml, type OpenTexts } from '../texts/openTexts';
import { abortSignalOf, throwIfCancelled, unlessCancelled } from './abortSignal';
import { type CompletionClient, encodedTokens, itemFor } from './plainItems';

export interface RequestsDeps {
  readonly connection: Connection;
  readonly texts: OpenTexts;
  readonly context: LanguageContext;
  /** Resolves when the context of an open file is known. */
  readonly isReady: (uri: string) => Promise<void>;
  readonly providers: readonly LanguageProvider[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Returns all problems of an open file. */
  readonly problemsOf: (uri: string) => readonly Problem[];
  readonly completion: CompletionClient;
  /** Whether the client supports location links; otherwise it gets plain locations. */
  readonly hasLocationLinks: () => boolean;
}

/** Answers requests about one text, from the answers of the providers. */
export class Requests {
  #deps: RequestsDeps;

  constructor(deps: RequestsDeps) {
    this.#deps = deps;
  }

  listen(): void {
    const { connection, completion, hasLocationLinks, problemsOf } = this.#deps;
    connection.onCompletion(
      this.#at({ isIncomplete: false, items: [] }, async request => {
        const lists = await this.#ask(request, provider => provider.complete?.(request));
        const items = withoutRepetition(lists.flatMap(list => list.items));
        return {
          isIncomplete: lists.some(({ isIncomplete }) => isIncomplete),
          items: items.map(item => itemFor(item, completion)),
        };
      }),
    );
    connection.onHover(
      this.#at(null, async request =>
        mergeHovers(await this.#ask(request, provider => provider.hover?.(request))),
      ),
    );
    connection.onDefinition(
      this.#at([], async request => {
        const links = await this.#askAll(request, provider => provider.definition?.(request));
        const named = links.map(link => ({ ...link, targetUri: this.#clientUri(link.targetUri) }));
        return hasLocationLinks() ? named : named.map(toLocation);
      }),
    );
    connection.onReferences(
      this.#at([], async (request, { context: { includeDeclaration } }) => {
        const wanted = { ...request, includeDeclaration };
        const found = await this.#askAll(request, provider => provider.references?.(wanted));
        return found.map(place => ({ ...place, uri: this.#clientUri(place.uri) }));
      }),
    );
    connection.onDocumentHighlight(
      this.#at([], request => this.#askAll(request, provider => provider.highlights?.(request))),
    );
    connection.onDocumentLinks(
      this.#in([], request => this.#askAll(request, provider => provider.links?.(request))),
    );
    connection.onDocumentSymbol(
      this.#in([], request => this.#askAll(request, provider => provider.symbols?.(request))),
    );
    connection.onFoldingRanges(
      this.#in([], request => this.#askAll(request, provider => provider.foldingRanges?.(request))),
    );
    connection.onSelectionRanges(
      this.#in([], (request, { positions }) => {
        const { text } = request;
        const ranges = positions.map(async position => {
          const at = { ...request, position, offset: text.offsetAt(position) };
          const [range] = await this.#ask(request, provider => provider.selectionRange?.(at));
          return range ?? { range: text.rangeAt(at.offset, at.offset) };
        });
        return Promise.all(ranges);
      }),
    );
    connection.onCodeLens(
      this.#in([], request => this.#askAll(request, provider => provider.codeLenses?.(request))),
    );
    connection.onCodeAction(
      this.#in([], async (request, { range, context: { diagnostics, only } }) => {
        const { uri } = request.text;
        if (isUntitled(uri)) return [];
        const problems = problemsOf(uri).filter(problem => touches(problem.range, range));
        const actions: CodeActionRequest = { ...request, range, problems, diagnostics, only };
        return this.#askAll(request, provider => provider.codeActions?.(actions));
      }),
    );
    connection.languages.inlayHint.on(
      this.#in([], (request, { range }) =>
        this.#askAll(request, provider => provider.inlayHints?.({ ...request, range })),
      ),
    );
    connection.languages.semanticTokens.on(
      this.#in({ data: [] }, async request => {
        const ask = this.#askAll(request, provider => provider.semanticTokens?.(request));
        return { data: encodedTokens(request.text, await ask) };
      }),
    );
  }

  /** Returns the concatenated lists of all providers. */
  async #askAll<T>(
    request: TextRequest,
    question: (provider: LanguageProvider) => readonly T[] | Promise<readonly T[]> | undefined,
  ): Promise<T[]> {
    return (await this.#ask<readonly T[]>(request, question)).flatMap(answers => answers);
  }

  /** Returns the answers of all providers, without those that fail. */
  async #ask<T>(
    { text, signal }: TextRequest,
    question: (provider: LanguageProvider) => T | Promise<T> | undefined,
  ): Promise<readonly NonNullable<T>[]> {
    const answers: NonNullable<T>[] = [];
    const open = this.#deps.texts.get(text.uri);
    const isOther = open !== undefined && !isYaml(open);
    for (const provider of this.#deps.providers) {
      throwIfCancelled(signal);
      if (isOther && !provider.anyLanguage) continue;
      try {
        const answer = await question(provider);
        if (answer !== undefined && answer !== null) answers.push(answer);
      } catch (error) {
        this.#deps.logger.error('A language feature failed', error);
      }
    }
    return answers;
  }

  /** Returns the client's own name of an untitled text. */
  #clientUri(uri: string): string {
    return (isUntitled(uri) ? this.#deps.texts.get(uri)?.clientUri : undefined) ?? uri;
  }

  /** Answers requests about a text; returns `nothing` for an unknown one. */
  #in<T, P extends { readonly textDocument: { readonly uri: string } }>(
    nothing: T,
    answer: (request: TextRequest, params: P) => Promise<T>,
  ) {
    return async (params: P, token: CancellationToken): Promise<T> => {
      const open = this.#deps.texts.find(params.textDocument.uri);
      if (!open || open.yaml.text.length > LONGEST_TEXT) return nothing;
      const signal = abortSignalOf(token);
      const answered = this.#answer(open.yaml, signal, request => answer(request, params));
      return unlessCancelled(signal, answered);
    };
  }

  async #answer<T>(
    text: YamlText,
    signal: AbortSignal,
    answer: (request: TextRequest) => Promise<T>,
  ): Promise<T> {
    // Lets pending cancellations be read first, which are frequent during typing and save work.
    await this.#deps.clock.yield();
    throwIfCancelled(signal);
    await this.#deps.isReady(text.uri);
    return answer({ context: this.#deps.context, text, signal });
  }

  #at<T, P extends TextDocumentPositionParams>(
    nothing: T,
    answer: (request: PositionRequest, params: P) => Promise<T>,
  ) {
    return this.#in(nothing, (request: TextRequest, params: P) => {
      const { position } = params;
      const offset = request.text.offsetAt(position);
      return answer({ ...request, position, offset }, params);
    });
  }
}

/** The maximum length of a text that is checked during typing, more than any descriptor has. */
const LONGEST_TEXT = 5 * 1024 * 1024;

/** Drops items of schemas that the catalog also has: the first one wins. */
function withoutRepetition(items: readonly CompletionItem[]): CompletionItem[] {
  const labels = new Set<string>();
  return items.filter(({ label }) => {
    const isNew = !labels.has(label);
    labels.add(label);
    return isNew;
  });
}

function mergeHovers(hovers: readonly Hover[]): Hover | null {
  const [first, ...others] = hovers;
  if (!first) return null;
  if (!others.length) return first;
  const value = hovers.map(({ contents }) => markdownOf(contents)).join('\n\n---\n\n');
  return { contents: { kind: 'markdown', value }, ...(first.range && { range: first.range }) };
}

function markdownOf(contents: Hover['contents']): string {
  if (Array.isArray(contents)) return contents.map(markdownOf).join('\n\n');
  return typeof contents === 'string' ? contents : (contents as MarkupContent).value;
}

function toLocation({ targetUri, targetSelectionRange }: LocationLink): {
  uri: string;
  range: Range;
} {
  return { uri: targetUri, range: targetSelectionRange };
}

function touches(range: Range, other: Range): boolean {
  return (
    comparePositions(range.start, other.end) <= 0 && comparePositions(other.start, range.end) <= 0
  );
}
