import type { CardContent, CardTreeItem } from '../../../../api';

export type Section = Extract<CardContent, { type: 'sections' }>['sections'][number];

/** Undefined where there are no items. */
export function treeSection(
  title: string,
  items: readonly CardTreeItem[],
  description?: string,
): Section | undefined {
  if (!items.length && description === undefined) return undefined;
  return {
    title,
    ...(description !== undefined && { description }),
    content: { type: 'tree', label: title, items },
  };
}

const MOST_TEXT = 4000;

export function textSection(text: string | undefined): Section | undefined {
  if (!text?.trim()) return undefined;
  const shown = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text.trim();
  return { content: { type: 'text', text: shown } };
}

/** Undefined where there are none. */
export function sectionsContent(
  sections: readonly (Section | undefined)[],
): CardContent | undefined {
  const filled = sections.filter(section => section !== undefined);
  return filled.length ? { type: 'sections', sections: filled } : undefined;
}
