import {
  type CancellationToken,
  type CompletionItem,
  type Connection,
  type Hover,
  type LocationLink,
  type MarkupContent,
  type Position,
  type Range,
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
import { isUntitled, isYaml, type OpenText, type OpenTexts } from '../texts/openTexts';
import { abortSignalOf, throwIfCancelled, unlessCancelled } from './abortSignal';
import { type CompletionClient, encodedTokens, itemFor } from './plainItems';

export interface RequestsDeps {
  readonly connection: Connection;
  readonly texts: OpenTexts;
  readonly context: LanguageContext;
  /** Resolves when the context knows what belongs to an open file. */
  readonly isReady: (uri: string) => Promise<void>;
  readonly providers: readonly LanguageProvider[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** All that is said of an open file. */
  readonly problemsOf: (uri: string) => readonly Problem[];
  readonly completion: CompletionClient;
  /** What the client can do with a location: else it gets plain ones. */
  readonly hasLocationLinks: () => boolean;
}

/** Answers the requests about one text from what the providers say of it. */
export class Requests {
  #deps: RequestsDeps;

  constructor(deps: RequestsDeps) {
    this.#deps = deps;
  }

  listen(): void {
    const { connection } = this.#deps;
    connection.onCompletion((params, token) =>
      this.#at(params, token, { isIncomplete: false, items: [] }, async request => {
        const lists = await this.#ask(request, provider => provider.complete?.(request));
        return {
          isIncomplete: lists.some(({ isIncomplete }) => isIncomplete),
          items: withoutRepetition(lists.flatMap(({ items }) => items)).map(item =>
            itemFor(item, this.#deps.completion),
          ),
        };
      }),
    );
    connection.onHover((params, token) =>
      this.#at(params, token, null, async request =>
        mergeHovers(await this.#ask(request, provider => provider.hover?.(request))),
      ),
    );
    connection.onDefinition((params, token) =>
      this.#at(params, token, [], async request => {
        const links = (await this.#ask(request, provider => provider.definition?.(request))).flat();
        const named = links.map(link => ({ ...link, targetUri: this.#clientUri(link.targetUri) }));
        return this.#deps.hasLocationLinks() ? named : named.map(toLocation);
      }),
    );
    connection.onReferences((params, token) =>
      this.#at(params, token, [], async request => {
        const { includeDeclaration } = params.context;
        const found = await this.#ask(request, provider =>
          provider.references?.({ ...request, includeDeclaration }),
        );
        return found.flat().map(place => ({ ...place, uri: this.#clientUri(place.uri) }));
      }),
    );
    connection.onDocumentHighlight((params, token) =>
      this.#at(params, token, [], async request =>
        (await this.#ask(request, provider => provider.highlights?.(request))).flat(),
      ),
    );
    connection.onDocumentLinks((params, token) =>
      this.#in(params, token, [], async request =>
        (await this.#ask(request, provider => provider.links?.(request))).flat(),
      ),
    );
    connection.onDocumentSymbol((params, token) =>
      this.#in(params, token, [], async request =>
        (await this.#ask(request, provider => provider.symbols?.(request))).flat(),
      ),
    );
    connection.onFoldingRanges((params, token) =>
      this.#in(params, token, [], async request =>
        (await this.#ask(request, provider => provider.foldingRanges?.(request))).flat(),
      ),
    );
    connection.onSelectionRanges((params, token) =>
      this.#in(params, token, [], async request => {
        const { text } = request;
        const ranges = params.positions.map(async position => {
          const at = { ...request, position, offset: text.offsetAt(position) };
          const [range] = await this.#ask(request, provider => provider.selectionRange?.(at));
          return range ?? { range: text.rangeAt(at.offset, at.offset) };
        });
        return Promise.all(ranges);
      }),
    );
    connection.onCodeLens((params, token) =>
      this.#in(params, token, [], async request =>
        (await this.#ask(request, provider => provider.codeLenses?.(request))).flat(),
      ),
    );
    connection.onCodeAction((params, token) =>
      this.#in(params, token, [], async request => {
        if (isUntitled(request.text.uri)) return [];
        const problems = this.#deps
          .problemsOf(request.text.uri)
          .filter(problem => touches(problem.range, params.range));
        const actions: CodeActionRequest = {
          ...request,
          range: params.range,
          problems,
          diagnostics: params.context.diagnostics,
          only: params.context.only,
        };
        return (await this.#ask(request, provider => provider.codeActions?.(actions))).flat();
      }),
    );
    connection.languages.inlayHint.on((params, token) =>
      this.#in(params, token, [], async request =>
        (
          await this.#ask(request, provider =>
            provider.inlayHints?.({ ...request, range: params.range }),
          )
        ).flat(),
      ),
    );
    connection.languages.semanticTokens.on((params, token) =>
      this.#in(params, token, { data: [] }, async request => {
        const found = await this.#ask(request, provider => provider.semanticTokens?.(request));
        return { data: encodedTokens(request.text, found.flat()) };
      }),
    );
  }

  /** What each of the providers has to say; one that fails says nothing. */
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

  /** An untitled text is found again by the very name that the client has for it. */
  #clientUri(uri: string): string {
    return (isUntitled(uri) ? this.#deps.texts.get(uri)?.clientUri : undefined) ?? uri;
  }

  async #in<T>(
    { textDocument }: { textDocument: { uri: string } },
    token: CancellationToken,
    nothing: T,
    answer: (request: TextRequest) => Promise<T>,
  ): Promise<T> {
    const open = this.#deps.texts.find(textDocument.uri);
    if (!open || !isAuthored(open)) return nothing;
    const signal = abortSignalOf(token);
    return unlessCancelled(signal, this.#answer(open.yaml, signal, answer));
  }

  async #answer<T>(
    text: YamlText,
    signal: AbortSignal,
    answer: (request: TextRequest) => Promise<T>,
  ): Promise<T> {
    // Whoever types on takes back what was asked before: that is read first, and spares the work.
    await this.#deps.clock.yield();
    throwIfCancelled(signal);
    await this.#deps.isReady(text.uri);
    return answer({ context: this.#deps.context, text, signal });
  }

  #at<T>(
    params: { textDocument: { uri: string }; position: Position },
    token: CancellationToken,
    nothing: T,
    answer: (request: PositionRequest) => Promise<T>,
  ): Promise<T> {
    return this.#in(params, token, nothing, request => {
      const { position } = params;
      return answer({ ...request, position, offset: request.text.offsetAt(position) });
    });
  }
}

/** Larger texts than any descriptor are not looked at while somebody types in them. */
const LONGEST_TEXT = 5 * 1024 * 1024;

function isAuthored({ yaml }: OpenText): boolean {
  return yaml.text.length <= LONGEST_TEXT;
}

/** What the catalog offers with what it knows, the schemas offer as well: the first counts. */
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
