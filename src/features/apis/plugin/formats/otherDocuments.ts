import type { CardTreeItem } from '../../../../api';
import { child, entriesOf, itemsOf, type PlacedNode, textAt, textOf } from '../document/placedNode';
import {
  type ApiOutline,
  firstLine,
  joined,
  type OutlineContext,
  sharing,
} from '../outline/outline';
import { type SchemaContext, schemaItem, targetOf } from './schemaItems';
import { sectionsContent, textSection, treeSection } from './sections';

const MOST_ITEMS = 500;

/** What an MCP server answers to `tools/list` and its like. */
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

/** A YAML or JSON document of whatever kind: its keys, two levels of them. */
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

/** A text without a form that is known: its headings, and lines that look like calls. */
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
