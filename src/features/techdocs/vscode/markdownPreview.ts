import type { MarkdownIt } from 'markdown-it';

/** API that VS Code's Markdown preview expects of extensions with `markdown.markdownItPlugins`. */
export interface MarkdownPreview {
  /** Called before the first page is rendered. Must be synchronous. */
  extendMarkdownIt(md: MarkdownIt): MarkdownIt;
}

/** Adds the API for the preview, loaded on demand, to the extension's exports. */
export function withMarkdownPreview<T extends object>(
  exports: T,
  load: () => MarkdownPreview,
): T & MarkdownPreview {
  return Object.freeze({
    ...exports,
    extendMarkdownIt: (md: MarkdownIt) => load().extendMarkdownIt(md),
  });
}
