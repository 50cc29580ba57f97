import type { CardTreeItem, Tone } from '../../../../api';
import { ownValue } from '../../../../base';
import {
  child,
  entriesOf,
  itemsOf,
  type Place,
  type PlacedNode,
  textAt,
  textOf,
} from '../document/placedNode';
import {
  type ApiOutline,
  firstLine,
  joined,
  type OutlineContext,
  sharing,
} from '../outline/outline';
import { type SchemaContext, schemaItem, targetOf } from './schemaItems';
import {
  type CodeToken,
  codeTokens,
  type Section,
  sectionsContent,
  textSection,
  treeSection,
} from './sections';

const MOST_ITEMS = 500;

/** Outlines the results of an MCP server's `tools/list` and similar requests. */
export function* outlineMcp(
  root: PlacedNode,
  context: SchemaContext,
): Generator<void, Omit<ApiOutline, 'problems'>> {
  const { translate } = context;
  const operations: CardTreeItem[] = [];
  for (const tool of itemsOf(child(root, 'tools')).slice(0, MOST_ITEMS)) {
    const label = textAt(tool, 'name') ?? '?';
    const parts = {
      [translate('Input')]: child(tool, 'inputSchema'),
      [translate('Output')]: child(tool, 'outputSchema'),
    };
    const content = sectionsContent([
      textSection(textAt(tool, 'description')),
      ...Object.entries(parts).map(([title, schema]) =>
        treeSection(
          title,
          schema ? (schemaItem(schema, sharing(context), { label: title }).children ?? []) : [],
        ),
      ),
    ]);
    const description = firstLine(textAt(tool, 'title') ?? textAt(tool, 'description'));
    operations.push({
      id: label,
      label,
      badge: { text: translate('TOOL'), tone: 'info' },
      ...(description !== undefined && { description }),
      ...targetOf(child(tool, 'name')?.place ?? tool.place, context),
      ...(content && { content }),
    });
    yield;
  }
  const types: CardTreeItem[] = ['resources', 'prompts'].flatMap(kind =>
    itemsOf(child(root, kind))
      .slice(0, MOST_ITEMS)
      .map(item => {
        const label = textAt(item, 'name') ?? textAt(item, 'uri') ?? '?';
        const description = joined(kind, firstLine(textAt(item, 'description')));
        return {
          id: `${kind} ${label}`,
          label,
          ...targetOf(item.place, context),
          ...(description !== undefined && { description }),
        };
      }),
  );
  return {
    format: 'Model Context Protocol',
    title: textAt(child(root, 'serverInfo') ?? root, 'name'),
    version: textAt(child(root, 'serverInfo') ?? root, 'version'),
    fields: [],
    operations,
    operationsTitle: translate('Tools'),
    types,
    typesTitle: translate('Resources and Prompts'),
  };
}

/** Outlines any YAML or JSON document: two levels of its keys. */
export function* outlineKeys(
  root: PlacedNode,
  context: OutlineContext,
): Generator<void, Omit<ApiOutline, 'problems'>> {
  const { translate } = context;
  const operations: CardTreeItem[] = [];
  const kind = textAt(root, 'kind');
  for (const [key, { place, value }] of entriesOf(root).slice(0, MOST_ITEMS)) {
    const children = entriesOf(value)
      .slice(0, MOST_ITEMS)
      .map(([name, entry]) => keyItem(name, entry.place, entry.value, context));
    operations.push({
      ...keyItem(key, place, value, context),
      ...(children.length && { children }),
    });
    yield;
  }
  return {
    format: kind ?? translate('YAML or JSON'),
    fields: [],
    operations,
    operationsTitle: translate('Contents'),
    types: [],
  };
}

function keyItem(
  key: string,
  place: PlacedNode['place'],
  value: PlacedNode,
  context: OutlineContext,
): CardTreeItem {
  const description = firstLine(textOf(value));
  return {
    id: key,
    label: key,
    ...(description !== undefined && { description }),
    ...targetOf(place, context),
  };
}

const heading = /^(#{1,6})\s+(.+?)\s*#*$|^((?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+\/\S*.*)$/;

/** Outlines a text in an unknown format: its headings, and lines that look like calls. */
export function* outlineText(text: string, context: OutlineContext): Generator<void, ApiOutline> {
  const { translate } = context;
  const operations: CardTreeItem[] = [];
  let start = 0;
  for (let line = 1; start < text.length && operations.length < MOST_ITEMS; line++) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    const [, , title, call] =
      heading.exec(text.slice(start, Math.min(end, start + 400)).trimEnd()) ?? [];
    const label = title ?? call;
    if (label !== undefined) {
      operations.push({ id: label, label, ...targetOf({ start, end }, context) });
    }
    start = end + 1;
    if (line % 1024 === 0) yield;
  }
  return {
    format: translate('Text'),
    fields: [],
    operations,
    operationsTitle: translate('Contents'),
    types: [],
    problems: [],
  };
}

const tones: Readonly<Record<string, Tone>> = {
  query: 'info',
  mutation: 'good',
  subscription: 'warning',
};
const MAX_NESTING = 20;
const OPENING = new Set(['(', '{', '[']);
const CLOSING = new Set([')', '}', ']']);

/** Outlines a tRPC router written in TypeScript: its procedures and nested routers. */
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

/** Whether a router starts here: `router({`, `t.router({`, `createTRPCRouter({`. */
function isRouter(tokens: readonly CodeToken[], at: number): boolean {
  const word = tokens[at];
  return (
    word?.type === 'word' &&
    /router$/i.test(word.text) &&
    tokens[at + 1]?.text === '(' &&
    tokens[at + 2]?.text === '{'
  );
}

/** Returns the procedures from after a router's opening brace to its closing brace. */
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
      // After the parenthesis that closes the router.
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

/** Returns the index of the comma after a value, or of the closing bracket around it. */
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

/** Parses a procedure: `publicProcedure.input(z.object({…})).output(…).query(…)`. */
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
