import type { PageAnchor } from '../markdown/types';

/** The ids that headings of a page have on GitHub, and so in VS Code's Markdown. */
export function githubIds(anchors: readonly PageAnchor[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const counts = new Map<string, number>();
  for (const { heading } of anchors) {
    if (!heading) continue;
    const id = heading.title
      .trim()
      .toLowerCase()
      .replace(/\s/g, '-')
      .replace(/[^\p{L}\p{M}\p{N}_-]/gu, '');
    const count = counts.get(id) ?? 0;
    counts.set(id, count + 1);
    ids.add(count ? `${id}-${count}` : id);
  }
  return ids;
}
