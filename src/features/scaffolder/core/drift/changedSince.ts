import type { OutputFolder } from '../../../../platform/core/ports';
import { isSameContent } from '..';
import { changesOf } from './applyUpdates';
import type { FileUpdate } from './fileUpdate';

/**
 * Paths of what updates would write over or take away, and is not any more as it was when they were found: whoever
 * looks at them may go on working meanwhile.
 */
export async function changedSince(
  updates: readonly FileUpdate[],
  output: Pick<OutputFolder, 'find' | 'read'>,
): Promise<readonly string[]> {
  const { write, remove } = changesOf(updates);
  const changed: string[] = [];
  for (const { path, mine } of updates) {
    if (!write.has(path) && !remove.includes(path)) continue;
    const entry = await output.find(path);
    const content = entry?.type === 'file' ? await output.read(path) : undefined;
    const isSame =
      mine && content ? isSameContent(mine.content, content) : !mine && entry === undefined;
    if (!isSame) changed.push(path);
  }
  return changed;
}
