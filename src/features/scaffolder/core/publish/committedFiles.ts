import type { TaskWorkspace } from '../../../../api';
import { type IgnoreRules, readIgnoreRules } from '../../../../platform/core/globs';
import type { CommittedFile } from '../../../../platform/core/ports';
import { publishedFiles } from '../workspace/publishedFiles';

/**
 * What of a folder of a task is committed, by paths from there: all but what its own `.gitignore` files name.
 *
 * @param folder - relative to the workspace, `''` for all of it
 * @throws NotAllowedError
 */
export function committedFiles(workspace: TaskWorkspace, folder: string): readonly CommittedFile[] {
  const start = folder === '' ? 0 : folder.length + 1;
  const files = [...publishedFiles(workspace, folder)].map(([path, file]) => ({
    path: path.slice(start),
    ...file,
  }));
  const rules = new Map(
    files.flatMap(({ path, content }): [string, IgnoreRules][] =>
      /(^|\/)\.gitignore$/.test(path)
        ? [[path.slice(0, -'.gitignore'.length), rulesOf(content)]]
        : [],
    ),
  );
  return rules.size === 0 ? files : files.filter(({ path }) => !isIgnored(path, rules));
}

function rulesOf(content: Uint8Array): IgnoreRules {
  return readIgnoreRules(new TextDecoder().decode(content));
}

/** @param rules - by the folders that they count in, with a slash behind */
function isIgnored(path: string, rules: ReadonlyMap<string, IgnoreRules>): boolean {
  // What lies in a folder that is left out cannot be taken in again.
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    if (isNamed(path.slice(0, end + 1), rules)) return true;
  }
  return isNamed(path, rules);
}

/** By the nearest of the rules that names it; a folder ends with a slash. */
function isNamed(path: string, rules: ReadonlyMap<string, IgnoreRules>): boolean {
  const isFolder = path.endsWith('/');
  const own = path.replace(/\/$/, '');
  let folder = own;
  do {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    const verdict = rules.get(folder)?.verdict(own.slice(folder.length), isFolder);
    if (verdict) return verdict === 'ignored';
  } while (folder !== '');
  return false;
}
