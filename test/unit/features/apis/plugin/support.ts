import type { CardTreeItem } from '../../../../../src/api';
import { english, LineIndex } from '../../../../../src/base';
import { definitionSeverities } from '../../../../../src/features/apis/core/outline/outline';
import {
  type LocatedOutline,
  outlineDefinition,
} from '../../../../../src/features/apis/core/outline/outlineDefinition';
import { runInSlices } from '../../../../../src/platform/core';

/** The outline of a definition in its own file. */
export async function outlineOf(definition: string, type = 'openapi'): Promise<LocatedOutline> {
  const index = new LineIndex(definition);
  const outline = await outlineDefinition({
    definition,
    type,
    translate: english,
    source: {
      file: 'file:///work/api',
      range: index.rangeAt(0, 0),
      rangeOf: ({ start, end }) => index.rangeAt(start, end),
    },
  });
  if (!outline) throw new Error('Nothing was aborted');
  return outline;
}

/** A tree as text, one item per line, with its 1-based line in the definition. */
export function drawn(items: readonly CardTreeItem[], indent = ''): string {
  return items
    .map(item => {
      const at = item.target?.type === 'source' ? item.target.range?.start.line : undefined;
      const head = [item.badge?.text, item.label].filter(Boolean).join(' ');
      const line = `${indent}${head}${item.description ? ` — ${item.description}` : ''}${at === undefined ? '' : ` @${at + 1}`}`;
      const inside = item.content?.type === 'sections' ? item.content.sections : [];
      return [
        line,
        ...(item.children?.length ? [drawn(item.children, `${indent}  `)] : []),
        ...inside.map(({ title, content }) => {
          const text =
            content.type === 'tree'
              ? `\n${drawn(content.items, `${indent}    `)}`
              : content.type === 'code' || content.type === 'text'
                ? ` ${JSON.stringify(content.text)}`
                : '';
          return `${indent}  (${title ?? ''})${text}`;
        }),
      ].join('\n');
    })
    .join('\n');
}

/** Problems as text, with their line and characters. */
export function drawnProblems({ problems, locate }: LocatedOutline): readonly string[] {
  return problems.map(({ code, severity = definitionSeverities[code], message, place }) => {
    const { range } = locate(place);
    return `${severity} ${(range?.start.line ?? 0) + 1}:${(range?.start.character ?? 0) + 1} ${message}`;
  });
}

export async function finished<T>(work: Generator<void, T>): Promise<T> {
  const value = await runInSlices(work);
  if (value === undefined) throw new Error('Nothing was made');
  return value;
}
