import { joinUri } from '../../base';
import type { FileSystem } from '../ports';
import type { TaskFile } from '../scaffolder';

/** What stands in a project where a Template makes a file. */
export type ProjectFile =
  | { readonly type: 'absent' }
  /** Where something else lies there, or a link leads elsewhere: nothing is read or written through it. */
  | { readonly type: 'other' }
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
  if (!stat) return { type: 'absent' };
  const [real, realProject] = await Promise.all([
    fileSystem.realPath(uri),
    fileSystem.realPath(project),
  ]);
  const isPlain = stat.type === 'file' && real === joinUri(realProject, path);
  if (!isPlain || stat.size > MAX_SIZE) return { type: 'other' };
  const content = await fileSystem.readFile(uri);
  return { type: 'file', file: { content, isExecutable: stat.isExecutable ?? false } };
}
