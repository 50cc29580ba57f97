import { joinUri } from '../../../../base';
import type { FileSystem } from '../../../../platform/core/ports';
import type { TaskFile } from '..';

/** What stands in a project where a Template makes a file. */
export type ProjectFile =
  | { readonly type: 'absent' }
  /** Where something else lies there, or a link leads elsewhere: nothing is read or written through it. */
  | {
      readonly type: 'other';
      /** The path of that: of the file, or of what stands where a folder around it would be. */
      readonly at: string;
    }
  | { readonly type: 'file'; readonly file: TaskFile };

/** Files of a project are not read beyond that. */
const MAX_SIZE = 64 * 1024 * 1024;

/** @param project - URI of its folder */
export async function readProjectFile(
  project: string,
  path: string,
  fileSystem: FileSystem,
): Promise<ProjectFile> {
  const uri = joinUri(project, path);
  const stat = await fileSystem.stat(uri);
  if (!stat) {
    const at = await inTheWay(project, path, fileSystem);
    return at === undefined ? { type: 'absent' } : { type: 'other', at };
  }
  const [real, realProject] = await Promise.all([
    fileSystem.realPath(uri),
    fileSystem.realPath(project),
  ]);
  const isPlain = stat.type === 'file' && real === joinUri(realProject, path);
  if (!isPlain || stat.size > MAX_SIZE) return { type: 'other', at: path };
  const content = await fileSystem.readFile(uri);
  return { type: 'file', file: { content, isExecutable: stat.isExecutable ?? false } };
}

/** What a file that is not there would take the place of: a file where it needs a folder, or a link that leads nowhere. */
async function inTheWay(
  project: string,
  path: string,
  fileSystem: FileSystem,
): Promise<string | undefined> {
  const names = path.split('/');
  let folder = project;
  for (const [index, name] of names.entries()) {
    const at = names.slice(0, index + 1).join('/');
    const isThere = (await fileSystem.readDirectory(folder)).find(entry => entry.name === name);
    if (!isThere) return undefined;
    if (isThere.type !== 'directory' || isThere.isSymbolicLink) return at;
    folder = joinUri(project, at);
  }
  return undefined;
}
