import { compareCodeUnits, joinUri } from '../../../../base';
import { Glob, isPattern } from '../../../../platform/core/globs';
import type { FileSystem } from '../../../../platform/core/ports';

/** Maximum number of folders that a pattern walks. */
const MAX_FOLDERS = 5000;
/** Maximum number of files that a pattern finds. */
const MAX_FILES = 5000;
/** Folders without files of plugins. */
const SKIPPED = new Set(['node_modules', '.git']);

/** Returns the part of a path or glob before its first wildcard, as a path. */
export function baseOf(pattern: string): string {
  const segments = normalized(pattern).split('/');
  const wildcard = segments.findIndex(isPattern);
  return segments.slice(0, wildcard < 0 ? -1 : wildcard).join('/');
}

function normalized(pattern: string): string {
  return pattern.replace(/^(?:\.\/)+/, '');
}

/** Returns the paths of files in a folder that match a path or glob, sorted. */
export async function findFiles(
  folder: string,
  pattern: string,
  fileSystem: FileSystem,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const path = normalized(pattern);
  if (!isPattern(path)) {
    const stat = await fileSystem.stat(joinUri(folder, path)).catch(() => undefined);
    return stat?.type === 'file' ? [path] : [];
  }
  const glob = new Glob(path);
  const found: string[] = [];
  const pending = [baseOf(path)];
  for (let folders = 0; pending.length && folders < MAX_FOLDERS; folders++) {
    signal?.throwIfAborted();
    const inside = pending.shift() ?? '';
    const uri = inside === '' ? folder : joinUri(folder, inside);
    const entries = await fileSystem.readDirectory(uri).catch(() => []);
    for (const { name, type, isSymbolicLink } of entries) {
      const entry = inside === '' ? name : `${inside}/${name}`;
      // A link may lead out of the folder, or to a folder around it.
      if (isSymbolicLink) continue;
      if (type === 'directory' && !SKIPPED.has(name)) pending.push(entry);
      else if (type === 'file' && glob.test(entry)) found.push(entry);
      if (found.length >= MAX_FILES) return found.sort(compareCodeUnits);
    }
  }
  return found.sort(compareCodeUnits);
}
