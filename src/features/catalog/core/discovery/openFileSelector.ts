import type { FileSelector, FileSelectorDeps } from './fileSelector';

/** A selector for those who seldom need one: what matches globs is loaded with it. */
export async function openFileSelector(deps: FileSelectorDeps): Promise<FileSelector> {
  const { FileSelector } = await import('./fileSelector');
  return new FileSelector(deps);
}
