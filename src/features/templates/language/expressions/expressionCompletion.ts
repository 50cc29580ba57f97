import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type Range,
} from 'vscode-languageserver-types';
import { translate } from '../../../../base';
import { inSnippet, type LanguageContext, sortTextOf } from '../../../authoring/language';
import {
  namesIn,
  type ParsedTemplate,
  parseTemplate,
  type ScanOptions,
  type Segment,
  type Span,
  type Token,
} from '../../core';
import { builtinCard, nameCard } from '../templateCards';
import type { TemplateName } from '../templateNames';
import { type TemplateBuiltin, templateFilters, templateTests } from './builtins';

/** A position in an incomplete expression. */
export interface ExpressionSite {
  /** The surrounding text with the position in it. */
  readonly text: string;
  readonly at: number;
  readonly options?: ScanOptions;
  /** Names that can follow a path, or begin one. */
  readonly namesAfter: (path: readonly string[]) => readonly TemplateName[];
  /** Range of a span in the file. */
  readonly rangeOf: (span: Span) => Range;
  /** Quote around the text. Names in brackets use the other one, to avoid escapes. */
  readonly quote: '"' | "'" | undefined;
}

/** Completes an expression. Undefined if the position is not in an expression. */
export function completeExpression(
  site: ExpressionSite,
  context: LanguageContext,
): readonly CompletionItem[] | undefined {
  const before = site.text.slice(0, site.at);
  const parsed = openTemplate(before, site.options);
  const segment = parsed?.segments.at(-1);
  if (!parsed || !segment) return undefined;
  const closing = missingEnd(site, segment);
  const items = itemsAt(site, { parsed, segment }, context);
  return closing === '' ? items : items.map(item => closed(item, closing));
}

/** The missing end of an expression. */
function missingEnd({ text, at }: ExpressionSite, { kind, start, content }: Segment): string {
  const end = kind === 'statement' ? '%}' : '}}';
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const after = text.slice(at);
  // A multi-line expression may end on any line.
  const rest = start < line ? after : (/^[^\r\n]*/.exec(after)?.[0] ?? '');
  const isOther = rest.search(/\$\{\{|\{[{%#]/);
  const own = isOther < 0 ? rest : rest.slice(0, isOther);
  // Half an end is left to the user.
  if (own.includes(end) || /^\w*\s*[%}]/.test(own)) return '';
  return /^\s/.test(text.slice(content.start, at)) ? ` ${end}` : end;
}

/** Adds the end of the expression, with the cursor before it. */
function closed(item: CompletionItem, closing: string): CompletionItem {
  const { textEdit } = item;
  if (!textEdit || !('range' in textEdit)) return item;
  const newText = `${inSnippet(textEdit.newText)}$0${inSnippet(closing)}`;
  return {
    ...item,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { ...textEdit, newText },
  };
}

function itemsAt(
  site: ExpressionSite,
  { parsed, segment }: { readonly parsed: ParsedTemplate; readonly segment: Segment },
  context: LanguageContext,
): readonly CompletionItem[] {
  const before = site.text.slice(0, site.at);
  if (segment.kind === 'comment') return [];
  const tokens = segment.tokens.slice(0, -1);
  const last = tokens.at(-1);
  if (last?.kind === 'string' && last.end === site.at && !isClosedString(before, last)) {
    const bracket = tokens.at(-2);
    const path = isSign(bracket, '[') ? pathBefore(tokens.slice(0, -2)) : undefined;
    return path ? keysIn(site, { path, string: last }, context) : [];
  }
  const isTyped = last?.kind === 'name' && last.end === site.at;
  const rest = isTyped ? tokens.slice(0, -1) : tokens;
  const end = site.at + (/^\w*/.exec(site.text.slice(site.at))?.[0].length ?? 0);
  const typed: Span = { start: isTyped ? last.start : site.at, end };
  const range = site.rangeOf(typed);
  const previous = rest.at(-1);
  if (segment.kind === 'statement' && !rest.length) return keywordItems(TAGS, range);
  if (isSign(previous, '.')) {
    const path = pathBefore(rest.slice(0, -1));
    return path ? membersIn(site, { path, typed, dot: previous }, context) : [];
  }
  if (isSign(previous, '|')) return builtinItems(templateFilters, range);
  if (isTest(rest)) return builtinItems(templateTests, range);
  if (isOperand(previous, rest.length === 1 && segment.kind === 'statement')) {
    return keywordItems(OPERATORS, range);
  }
  const own = namesIn(parsed).bindings.map(({ name }): TemplateName => ({
    name,
    kind: 'property',
    detail: translate('Defined in this text'),
  }));
  const names = [...own, ...site.namesAfter([])].filter(({ isUnavailable }) => !isUnavailable);
  return [
    ...nameItems(names, { path: [], range }, context),
    ...keywordItems(['not', 'true', 'false', 'none'], range, names.length),
  ];
}

/** Parses a text that ends in an expression. Undefined if it doesn't. */
function openTemplate(text: string, options?: ScanOptions): ParsedTemplate | undefined {
  const parsed = parseTemplate(text, options);
  const last = parsed.segments.at(-1);
  if (last && !last.isClosed && last.end === text.length) return parsed;
  if (!parsed.segments.some(({ isClosed }) => !isClosed)) return undefined;
  // A multi-line expression is recognized by adding an end.
  for (const closing of ['}}', '%}', '#}']) {
    const closed = parseTemplate(`${text}${closing}`, options);
    const end = closed.segments.at(-1);
    const isAround = end?.isClosed && end.kind !== 'text' && end.start < text.length;
    if (isAround && end.end === text.length + closing.length) return closed;
  }
  return undefined;
}

const TAGS = [
  'if',
  'elif',
  'else',
  'endif',
  'for',
  'endfor',
  'set',
  'endset',
  'raw',
  'endraw',
  'macro',
  'endmacro',
];
const OPERATORS = ['if', 'else', 'and', 'or', 'is', 'in', 'not in'];

/** Operators that look like names. */
const WORDS = new Set(['if', 'else', 'and', 'or', 'not', 'in', 'is']);

function isSign(token: Token | undefined, value: string): token is Token {
  return token?.kind === 'operator' && token.value === value;
}

function isClosedString(source: string, { start, end }: Token): boolean {
  return end - start > 1 && source.charAt(end - 1) === source.charAt(start);
}

function isOperand(token: Token | undefined, isTag: boolean): boolean {
  if (!token || isTag) return false;
  if (token.kind === 'operator') return [')', ']', '}'].includes(token.value);
  return token.kind !== 'name' || !WORDS.has(token.value);
}

/** Whether a test name follows. */
function isTest(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  const word = last?.kind === 'name' && last.value === 'not' ? tokens.at(-2) : last;
  return word?.kind === 'name' && word.value === 'is' && tokens.indexOf(word) > 0;
}

/** Names of the path that ends with the last token. Undefined for a dynamic path. */
function pathBefore(tokens: readonly Token[]): readonly string[] | undefined {
  const names: string[] = [];
  let at = tokens.length - 1;
  for (;;) {
    const token = tokens[at];
    if (token?.kind === 'name') {
      names.unshift(token.value);
      if (!isSign(tokens[at - 1], '.')) return names;
      at -= 2;
    } else if (isSign(token, ']')) {
      const key = tokens[at - 1];
      if (key?.kind !== 'string' || !isSign(tokens[at - 2], '[')) return undefined;
      names.unshift(key.value);
      at -= 3;
    } else return undefined;
  }
}

function membersIn(
  { namesAfter, rangeOf, quote }: ExpressionSite,
  { path, typed, dot }: { path: readonly string[]; typed: Span; dot: Token },
  context: LanguageContext,
): readonly CompletionItem[] {
  const names = namesAfter(path).filter(({ isUnavailable }) => !isUnavailable);
  const range = rangeOf(typed);
  // Names in brackets replace the dot, too, if it is on the same line.
  const withDot = rangeOf({ start: dot.start, end: typed.end });
  const isOnLine = withDot.start.line === withDot.end.line;
  return nameItems(names, { path, range }, context).flatMap((item): CompletionItem[] => {
    if (IDENTIFIER.test(item.label)) return [item];
    const newText = `[${quotedKey(item.label, quote)}]`;
    const textEdit = { range: withDot, newText };
    return isOnLine ? [{ ...item, filterText: `.${item.label}`, textEdit }] : [];
  });
}

const IDENTIFIER = /^\d*[A-Za-z_]\w*$/;

/** Quotes a key with the quotes that need no escapes in the file. */
function quotedKey(name: string, quote: ExpressionSite['quote']): string {
  const mark = quote === "'" ? '"' : "'";
  const escaped = name.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`);
  return `${mark}${escaped}${mark}`;
}

/** Completes `steps['<|>`, and closes the bracket if needed. */
function keysIn(
  site: ExpressionSite,
  { path, string }: { path: readonly string[]; string: Token },
  context: LanguageContext,
): readonly CompletionItem[] {
  const mark = site.text.charAt(string.start);
  const after = site.text.slice(site.at);
  const rest = /^[^'"\]\s}]*/.exec(after)?.[0] ?? '';
  const closing = new RegExp(`^${mark}?\\]?`).exec(after.slice(rest.length))?.[0] ?? '';
  const span = { start: string.start + 1, end: site.at + rest.length + closing.length };
  const range = site.rangeOf(span);
  const names = site.namesAfter(path).filter(({ isUnavailable }) => !isUnavailable);
  return nameItems(names, { path, range }, context).map(item => {
    const escaped = item.label.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`);
    return { ...item, textEdit: { range, newText: `${escaped}${mark}]` } };
  });
}

const ITEM_KINDS: Readonly<Record<TemplateName['kind'], CompletionItemKind>> = {
  root: CompletionItemKind.Variable,
  parameter: CompletionItemKind.Field,
  step: CompletionItemKind.Event,
  output: CompletionItemKind.Field,
  secret: CompletionItemKind.Field,
  property: CompletionItemKind.Property,
  function: CompletionItemKind.Function,
};

function nameItems(
  names: readonly TemplateName[],
  { path, range }: { path: readonly string[]; range: Range },
  context: LanguageContext,
): readonly CompletionItem[] {
  const seen = new Set<string>();
  return names.flatMap((name, index): CompletionItem[] => {
    // Omits names that don't fit on a line.
    if (seen.has(name.name) || /^.{320}|[\p{Cc}\u2028\u2029]/u.test(name.name) || !name.name)
      return [];
    seen.add(name.name);
    const value = nameCard([...path, name.name], name, context);
    return [
      {
        label: name.name,
        kind: ITEM_KINDS[name.kind],
        ...(name.detail && { detail: name.detail.replace(/\s+/g, ' ') }),
        documentation: { kind: MarkupKind.Markdown, value },
        sortText: sortTextOf(index),
        filterText: name.name,
        textEdit: { range, newText: name.name },
      },
    ];
  });
}

function builtinItems(
  builtins: ReadonlyMap<string, TemplateBuiltin>,
  range: Range,
): readonly CompletionItem[] {
  return [...builtins.values()].map((builtin, index) => ({
    label: builtin.name,
    kind: CompletionItemKind.Function,
    detail: builtin.signature,
    documentation: { kind: MarkupKind.Markdown, value: builtinCard(builtin) },
    sortText: sortTextOf(index),
    textEdit: { range, newText: builtin.name },
  }));
}

function keywordItems(words: readonly string[], range: Range, from = 0): readonly CompletionItem[] {
  return words.map((word, index) => ({
    label: word,
    kind: CompletionItemKind.Keyword,
    sortText: sortTextOf(from + index),
    textEdit: { range, newText: word },
  }));
}
