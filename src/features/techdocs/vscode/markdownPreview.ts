import type { MarkdownIt } from 'markdown-it';
import { readSetting } from '../../../platform/vscode/trust';

/** The setting for the release of techdocs-core. */
export const TECHDOCS_CORE_SETTING = 'callboard.docs.techdocsCore';

/** API that VS Code's Markdown preview expects of extensions with `markdown.markdownItPlugins`. */
export interface MarkdownPreview {
  /** Called before the first page is rendered. Must be synchronous. */
  extendMarkdownIt(md: MarkdownIt): MarkdownIt;
}

/** The blocks of TechDocs for the preview, loaded on demand. */
export interface PreviewBlocks {
  extendMarkdownIt(md: MarkdownIt, hasAlerts: () => boolean): MarkdownIt;
}

/** Adds the API for the preview, loaded on demand, to the extension's exports. */
export function withMarkdownPreview<T extends object>(
  exports: T,
  load: () => PreviewBlocks,
): T & MarkdownPreview {
  return Object.freeze({
    ...exports,
    extendMarkdownIt: (md: MarkdownIt) =>
      load().extendMarkdownIt(md, () => readSetting(TECHDOCS_CORE_SETTING) !== '1.6'),
  });
}
