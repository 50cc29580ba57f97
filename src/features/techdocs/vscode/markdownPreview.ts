import type { MarkdownIt } from 'markdown-it';

/** What VS Code's own Markdown preview asks of extensions that contribute `markdown.markdownItPlugins`. */
export interface MarkdownPreview {
  /** Called before the first page is rendered, and not waited for. */
  extendMarkdownIt(md: MarkdownIt): MarkdownIt;
}

/** The exports of the extension, with those for the preview, whose code is loaded when it is asked for. */
export function withMarkdownPreview<T extends object>(
  exports: T,
  load: () => MarkdownPreview,
): T & MarkdownPreview {
  return Object.freeze({
    ...exports,
    extendMarkdownIt: (md: MarkdownIt) => load().extendMarkdownIt(md),
  });
}
