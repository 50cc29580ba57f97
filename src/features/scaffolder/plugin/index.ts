import { english, type SearchCollator } from '../../../api';
import type { TemplatesCollatorDeps } from './search/templatesCollator';

export * from './templateRows';

/** Loads the search collator for templates on demand. */
export async function loadTemplatesCollator({
  translate = english,
  ...deps
}: Omit<TemplatesCollatorDeps, 'translate'> &
  Partial<Pick<TemplatesCollatorDeps, 'translate'>>): Promise<SearchCollator> {
  const { createTemplatesCollator } = await import('./search/templatesCollator');
  return createTemplatesCollator({ ...deps, translate });
}
