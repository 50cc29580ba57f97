import { expect } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  SelectionRange,
  TextDocumentEdit,
  TextEdit,
} from 'vscode-languageserver-types';
import { comparePositions, type Position, type Range } from '../../src/base';
import {
  incomingCalls,
  type LanguageProvider,
  outgoingCalls,
  type PositionRequest,
  prepareHierarchy,
  prepareRename,
  renameEntity,
  type SemanticToken,
  subtypes,
  supertypes,
  workspaceSymbols,
  YamlText,
} from '../../src/features/authoring/language';
import type { Problem } from '../../src/model';
import { edited } from './codeActions';

/** The provider, and the texts that answers may refer to. */
export interface AnswersScope {
  readonly providers: readonly LanguageProvider[];
  /** Returns the text of another file by its URI; undefined if there is none. */
  readonly textOf: (uri: string) => string | undefined;
}

/** Sends all requests for a position, and checks that the answers are within the texts. */
export async function expectAnswersInText(
  request: PositionRequest,
  scope: AnswersScope,
): Promise<void> {
  const answers = new AnswersInText(request, scope);
  const problems = await answers.problems();
  for (const [name, check] of Object.entries(answers.checks(problems))) {
    try {
      await check();
    } catch (cause) {
      throw new Error(`${name}: ${String(cause)}`, { cause });
    }
  }
}

class AnswersInText {
  #request: PositionRequest;
  #scope: AnswersScope;
  #whole: Range;
  #others = new Map<string, YamlText>();

  constructor(request: PositionRequest, scope: AnswersScope) {
    this.#request = request;
    this.#scope = scope;
    this.#whole = request.text.rangeAt(0, request.text.text.length);
  }

  /** Problems of the text. */
  async problems(): Promise<readonly Problem[]> {
    const { context, text } = this.#request;
    const own = await this.#ask(provider => provider.problems?.(this.#request));
    return [...context.catalog.problems(text.uri), ...own];
  }

  /** By request. */
  checks(problems: readonly Problem[]): Readonly<Record<string, () => void | Promise<void>>> {
    const request = this.#request;
    const { text, position } = request;
    const cursor = { start: position, end: position };
    const near = problems.filter(({ range }) => range.start.line === position.line);
    return {
      diagnostics: () => {
        for (const { message, range, related = [] } of problems) {
          expect(message).not.toBe('');
          this.#here(range);
          for (const place of related) this.#inFile(place.file, place.range);
        }
      },
      completion: async () => {
        const items = await this.#ask(
          async provider => (await provider.complete?.(request))?.items,
        );
        for (const item of items) this.#expectCompletion(item);
      },
      hover: async () => {
        const hovers = await this.#ask(async provider => [
          (await provider.hover?.(request))?.range,
        ]);
        for (const range of hovers) if (range) this.#here(range);
      },
      definition: async () => {
        for (const link of await this.#ask(provider => provider.definition?.(request))) {
          if (link.originSelectionRange) this.#here(link.originSelectionRange);
          this.#inFile(link.targetUri, link.targetRange);
          this.#inFile(link.targetUri, link.targetSelectionRange);
          expect(contains(link.targetRange, link.targetSelectionRange)).toBe(true);
        }
      },
      references: async () => {
        const referenceRequest = { ...request, includeDeclaration: true };
        const found = await this.#ask(provider => provider.references?.(referenceRequest));
        for (const { uri, range } of found) this.#inFile(uri, range);
        expectOnce(found.map(({ uri, range }) => [uri, range]));
      },
      highlights: async () => {
        const found = await this.#ask(provider => provider.highlights?.(request));
        for (const { range } of found) this.#here(range);
        expectOnce(found.map(({ range }) => range));
      },
      links: async () => {
        const found = await this.#ask(provider => provider.links?.(request));
        for (const { range } of found) this.#here(range);
        expectOnce(found.map(({ range }) => range));
      },
      symbols: async () => {
        expectSymbols(await this.#ask(provider => provider.symbols?.(request)), this.#whole);
      },
      'folding ranges': async () => {
        const found = await this.#ask(provider => provider.foldingRanges?.(request));
        for (const { startLine, endLine } of found) {
          expect(endLine).toBeGreaterThan(startLine);
          expect(endLine).toBeLessThan(text.lines.lineCount);
        }
      },
      'selection ranges': async () => {
        const found = await this.#ask(async provider => {
          const range = await provider.selectionRange?.(request);
          return range ? [range] : [];
        });
        for (const range of found) this.#expectNested(range);
      },
      'semantic tokens': async () => {
        for (const provider of this.#scope.providers) {
          expectTokens((await provider.semanticTokens?.(request)) ?? [], text);
        }
      },
      lenses: async () => {
        const found = await this.#ask(provider => provider.codeLenses?.(request));
        for (const { range } of found) this.#here(range);
      },
      'inlay hints': async () => {
        const withContext = { ...request, range: this.#whole };
        const found = await this.#ask(provider => provider.inlayHints?.(withContext));
        for (const { position: start } of found) this.#here({ start, end: start });
      },
      'code actions': async () => {
        await this.#expectActions({ range: cursor, problems: near, only: undefined });
        const some = problems.slice(0, 10);
        await this.#expectActions({ range: this.#whole, problems: some, only: undefined });
        await this.#expectActions({ range: this.#whole, problems, only: ['source.fixAll'] });
      },
      rename: () => this.#expectRename(),
      'call hierarchy': () => this.#expectCalls(),
      'type hierarchy': () => this.#expectTypes(),
      'workspace symbols': async () => {
        for (const { location } of await workspaceSymbols(request.context, 'a', request.signal)) {
          if ('range' in location) this.#inFile(location.uri, location.range);
        }
      },
    };
  }

  async #ask<T>(
    question: (
      provider: LanguageProvider,
    ) => readonly T[] | Promise<readonly T[] | undefined> | undefined,
  ): Promise<readonly T[]> {
    const answers: T[] = [];
    for (const provider of this.#scope.providers)
      answers.push(...((await question(provider)) ?? []));
    return answers;
  }

  #here(range: Range): void {
    expectInText(range, this.#request.text);
  }

  #inFile(uri: string, range: Range): void {
    const { text } = this.#request;
    const known = uri === text.uri ? text : this.#others.get(uri);
    const other = known ?? new YamlText({ uri, version: 0, text: this.#textOf(uri) });
    this.#others.set(uri, other);
    expectInText(range, other);
  }

  #textOf(uri: string): string {
    const { text } = this.#request;
    const found = uri === text.uri ? text.text : this.#scope.textOf(uri);
    if (found === undefined) throw new Error(`${uri} does not exist`);
    return found;
  }

  /** Editors refuse an edit that is not on the line of the cursor, or does not touch it. */
  #expectCompletion({ label, textEdit, additionalTextEdits }: CompletionItem): void {
    expect(label).not.toBe('');
    const { position } = this.#request;
    if (textEdit && 'range' in textEdit) {
      const { start, end } = textEdit.range;
      this.#here(textEdit.range);
      expect([start.line, end.line]).toEqual([position.line, position.line]);
      expect(isWithin(position, textEdit.range)).toBe(true);
    }
    for (const { range } of additionalTextEdits ?? []) this.#here(range);
  }

  #expectNested(selection: SelectionRange): void {
    expect(isWithin(this.#request.position, selection.range)).toBe(true);
    let outer = selection;
    for (let { parent } = outer; parent; { parent } = parent) {
      expect(contains(parent.range, outer.range)).toBe(true);
      outer = parent;
    }
    expect(outer.range).toEqual(this.#whole);
  }

  async #expectActions(place: {
    readonly range: Range;
    readonly problems: readonly Problem[];
    readonly only: readonly string[] | undefined;
  }): Promise<void> {
    const withContext = { ...this.#request, ...place };
    for (const action of await this.#ask(provider => provider.codeActions?.(withContext))) {
      this.#expectAction(action);
    }
  }

  #expectAction({ title, edit }: CodeAction): void {
    expect(title).not.toBe('');
    const created = new Set<string>();
    for (const change of edit?.documentChanges ?? []) {
      if (!isTextEdit(change)) {
        if (change.kind === 'create') created.add(change.uri);
        continue;
      }
      const { uri } = change.textDocument;
      const before = created.has(uri) ? '' : this.#textOf(uri);
      // Throws if edits overlap or are outside the text.
      expect(edited(before, change.edits as readonly TextEdit[])).not.toBe(before);
    }
  }

  async #expectRename(): Promise<void> {
    const { context, text, offset, position, signal } = this.#request;
    const prepared = prepareRename(context, text, offset);
    if (!prepared.ok) return;
    const { range, ref } = prepared.value;
    this.#here(range);
    // Only the line of the cursor is required: the cursor may be on the kind.
    expect([range.start.line <= position.line, position.line <= range.end.line]).toEqual([
      true,
      true,
    ]);
    const plan = await renameEntity(
      context,
      { ref, newName: 'x-1', moreFiles: [text.uri] },
      signal,
    );
    for (const { uri, edits } of plan?.ok ? plan.value.files : []) {
      expect(edited(this.#textOf(uri), edits as readonly TextEdit[])).not.toBe(this.#textOf(uri));
    }
  }

  async #expectCalls(): Promise<void> {
    const { context, text, offset, signal } = this.#request;
    for (const item of prepareHierarchy(context, text, offset)) {
      this.#inFile(item.uri, item.range);
      for (const { from, fromRanges } of await incomingCalls(context, item, signal)) {
        for (const range of [from.range, from.selectionRange, ...fromRanges]) {
          this.#inFile(from.uri, range);
        }
      }
      for (const { to, fromRanges } of await outgoingCalls(context, item, signal)) {
        for (const range of [to.range, to.selectionRange]) this.#inFile(to.uri, range);
        for (const range of fromRanges) this.#inFile(item.uri, range);
      }
    }
  }

  async #expectTypes(): Promise<void> {
    const { context, text, offset, signal } = this.#request;
    for (const item of prepareHierarchy(context, text, offset)) {
      const above = await supertypes(context, item, signal);
      const below = await subtypes(context, item, signal);
      for (const { uri, range, selectionRange } of [item, ...above, ...below]) {
        this.#inFile(uri, range);
        this.#inFile(uri, selectionRange);
      }
    }
  }
}

export function expectInText({ start, end }: Range, text: YamlText): void {
  for (const position of [start, end]) {
    expect(text.positionAt(text.offsetAt(position))).toEqual(position);
  }
  expect(comparePositions(start, end)).toBeLessThanOrEqual(0);
}

/**
 * Expects symbols in order, without overlaps within their parent, and below the selection range of their parent:
 * sticky scroll shows these lines one below the other.
 */
export function expectSymbols(
  symbols: readonly DocumentSymbol[],
  around: Range,
  { start: selected }: Range = around,
): void {
  let { start: last } = around;
  for (const { name, range, selectionRange, children } of symbols) {
    expect(name.trim()).not.toBe('');
    expect([contains(around, range), contains(range, selectionRange)]).toEqual([true, true]);
    expect(comparePositions(last, range.start), `${name} is in order`).toBeLessThanOrEqual(0);
    expect(comparePositions(selected, selectionRange.start)).toBeLessThanOrEqual(0);
    last = range.end;
    expectSymbols(children ?? [], range, selectionRange);
  }
}

function expectTokens(tokens: readonly SemanticToken[], { text }: YamlText): void {
  let last = 0;
  for (const { start, end } of tokens) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(text.slice(start, end)).toMatch(/^[^\r\n]+$/);
    last = end;
  }
  expect(last).toBeLessThanOrEqual(text.length);
}

function expectOnce(answers: readonly unknown[]): void {
  const texts = answers.map(answer => JSON.stringify(answer));
  expect(texts).toEqual([...new Set(texts)]);
}

function isTextEdit(change: object): change is TextDocumentEdit {
  return 'edits' in change;
}

export function isWithin(position: Position, { start, end }: Range): boolean {
  return comparePositions(start, position) <= 0 && comparePositions(position, end) <= 0;
}

export function contains(outer: Range, { start, end }: Range): boolean {
  return isWithin(start, outer) && isWithin(end, outer);
}
