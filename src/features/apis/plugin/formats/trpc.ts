import type { CardTreeItem, Tone } from '../../../../api';
import { ownValue } from '../../../../base';
import type { Place } from '../document/placedNode';
import type { ApiOutline, OutlineContext } from '../outline/outline';
import { type CodeToken, codeTokens } from './codeTokens';
import { targetOf } from './schemaItems';
import { type Section, sectionsContent } from './sections';

const tones: Readonly<Record<string, Tone>> = {
  query: 'info',
  mutation: 'good',
  subscription: 'warning',
};
const MAX_NESTING = 20;
const OPENING = new Set(['(', '{', '[']);
const CLOSING = new Set([')', '}', ']']);

/** The outline of a router of tRPC as it is written in TypeScript: its procedures, and routers in it. */
export function* outlineTrpc(text: string, context: OutlineContext): Generator<void, ApiOutline> {
  const { translate } = context;
  const tokens: CodeToken[] = [];
  for (const token of codeTokens(text)) {
    tokens.push(token);
    if (tokens.length % 1024 === 0) yield;
  }
  const operations: CardTreeItem[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!isRouter(tokens, at)) continue;
    const { items, end } = yield* procedures({ tokens, text, context }, at + 3, 0);
    for (const item of items) operations.push(item);
    at = end;
    yield;
  }
  return {
    format: 'tRPC',
    language: 'typescript',
    fields: [],
    operations,
    operationsTitle: translate('Procedures'),
    types: [],
    problems: [],
  };
}

interface Code {
  readonly tokens: readonly CodeToken[];
  readonly text: string;
  readonly context: OutlineContext;
}

/** `router({`, `t.router({`, `createTRPCRouter({`. */
function isRouter(tokens: readonly CodeToken[], at: number): boolean {
  const word = tokens[at];
  return (
    word?.type === 'word' &&
    /router$/i.test(word.text) &&
    tokens[at + 1]?.text === '(' &&
    tokens[at + 2]?.text === '{'
  );
}

/** From behind the brace of a router to the one that closes it. */
function* procedures(
  code: Code,
  from: number,
  depth: number,
): Generator<void, { readonly items: readonly CardTreeItem[]; readonly end: number }> {
  const { tokens, context } = code;
  const items: CardTreeItem[] = [];
  let at = from;
  while (at < tokens.length && tokens[at]?.text !== '}') {
    const name = tokens[at];
    if (!name || tokens[at + 1]?.text !== ':') {
      at = Math.max(at, endOfValue(tokens, at)) + 1;
      continue;
    }
    const start = at + 2;
    const label = name.type === 'text' ? name.text.slice(1, -1) : name.text;
    const target = targetOf(name.place, context);
    if (isRouter(tokens, start) && depth < MAX_NESTING) {
      const inner = yield* procedures(code, start + 3, depth + 1);
      const group = { id: label, label, icon: 'folder', isExpanded: true, ...target };
      items.push({ ...group, children: inner.items });
      // Behind the parenthesis that closes the router.
      at = Math.max(inner.end + 1, endOfValue(tokens, inner.end + 2) + 1);
      continue;
    }
    const end = endOfValue(tokens, start);
    items.push({ id: label, label, ...target, ...procedure(code, start, end) });
    at = end + 1;
    yield;
  }
  return { items, end: at };
}

/** Where the comma after a value is, or what closes what it is in. */
function endOfValue(tokens: readonly CodeToken[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? '';
    if (OPENING.has(text)) depth++;
    else if (CLOSING.has(text)) {
      if (depth === 0) return at - 1;
      depth--;
    } else if (text === ',' && depth === 0) return at;
  }
  return tokens.length;
}

/** `publicProcedure.input(z.object({…})).output(…).query(…)`. */
function procedure(
  { tokens, text, context }: Code,
  start: number,
  end: number,
): Pick<CardTreeItem, 'badge' | 'content' | 'description'> {
  const calls = new Map<string, Place>();
  let depth = 0;
  let open: { readonly name: string; readonly start: number } | undefined;
  for (let at = start; at <= end && at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    if (OPENING.has(token.text)) {
      const word = tokens[at - 1];
      if (depth === 0 && word?.type === 'word') {
        const name = word.text.slice(word.text.lastIndexOf('.') + 1);
        open = { name, start: token.place.end };
      }
      depth++;
    } else if (CLOSING.has(token.text)) {
      depth--;
      if (depth === 0 && open) {
        calls.set(open.name, { start: open.start, end: token.place.start });
        open = undefined;
      }
    }
  }
  const word = Object.keys(tones).find(name => calls.has(name));
  const titles = {
    input: context.translate('Input'),
    output: context.translate('Output'),
  };
  const sections = Object.entries(titles).flatMap(([name, title]): Section[] => {
    const place = calls.get(name);
    if (!place) return [];
    const code = text.slice(place.start, Math.min(place.end, place.start + 4000));
    return [{ title, content: { type: 'code', language: 'typescript', text: code } }];
  });
  const content = sectionsContent(sections);
  const first = tokens[start];
  return {
    ...(word !== undefined && {
      badge: { text: word.toUpperCase(), tone: ownValue(tones, word) ?? 'none' },
    }),
    ...(first?.type === 'word' && { description: first.text.split('.')[0] ?? first.text }),
    ...(content && { content }),
  };
}
