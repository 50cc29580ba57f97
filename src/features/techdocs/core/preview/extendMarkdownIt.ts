import type { MarkdownIt } from 'markdown-it';
import { useAlerts } from './alerts';
import { useBoxes } from './boxes';
import { useCodeTitles } from './codeTitles';
import { useTabs } from './tabs';

/**
 * Teaches VS Code's own Markdown preview the blocks of TechDocs that other Markdown does not have. What is in them,
 * and all around them, stays what the preview makes of it.
 */
export function extendMarkdownIt(md: MarkdownIt): MarkdownIt {
  useBoxes(md);
  useTabs(md);
  useAlerts(md);
  useCodeTitles(md);
  return md;
}
