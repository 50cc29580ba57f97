import type { Slices } from '../workspace/slices';
import type { FileSelectorOptions } from './fileSelector';
import { globMatcher } from './globs';

/** Of paths of files, those that discovery looks into, whatever `.gitignore` files say. */
export async function selectPaths(
  paths: Iterable<string>,
  { include, exclude }: FileSelectorOptions,
  slices: Slices,
): Promise<readonly string[]> {
  const isIncluded = globMatcher(include);
  const isExcluded = globMatcher(exclude);
  const selected: string[] = [];
  for (const path of paths) {
    if (slices.isOver) await slices.pause();
    const names = path.split('/');
    if (!isIncluded(path, names.at(-1) ?? '')) continue;
    const isLeftOut = names.some((name, at) => isExcluded(names.slice(0, at + 1).join('/'), name));
    if (!isLeftOut) selected.push(path);
  }
  return selected;
}
