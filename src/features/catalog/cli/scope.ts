import {
  basenameUri,
  dirnameUri,
  failure,
  isWithin,
  joinUri,
  ok,
  type Result,
} from '../../../base';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import type { CommandContext } from '../../../cli/command';
import type { FileSystem } from '../../../platform/core/ports';
import { fileUriToPath } from '../../../platform/node';

/** Folders to read, and the files in them to report on. */
export interface Scope {
  /** URIs of the catalog's folders; none is inside another. */
  readonly roots: readonly string[];
  /** URIs of files given as arguments. */
  readonly files: readonly string[];
  /** Whether a file is in the requested files and folders. */
  readonly includes: (uri: string) => boolean;
  /** The requested folder, if the only argument is a folder. */
  readonly onlyFolder: string | undefined;
}

/**
 * Resolves files and folders to the catalogs that contain them. The catalog of a file outside any
 * repository is the current folder, if the file is in it.
 *
 * @param cwd - URI of the current folder
 */
export async function resolveScope(
  uris: readonly string[],
  cwd: string,
  context: CommandContext,
): Promise<Result<Scope>> {
  const { fileSystem } = context;
  const folders: string[] = [];
  const files: string[] = [];
  for (const uri of uris) {
    const stat = await fileSystem.stat(uri);
    if (!stat) return failure(`${fileUriToPath(uri)} doesn't exist`);
    if (stat.type === 'directory') folders.push(uri);
    else files.push(await withoutLink(uri, fileSystem));
  }
  const roots = await Promise.all(folders.map(folder => catalogAround(folder, context)));
  for (const file of files) {
    if (roots.some(root => isWithin(root, file))) continue;
    const folder = dirnameUri(file);
    const root = await catalogAround(folder, context);
    roots.push(root === folder && isWithin(cwd, file) ? cwd : root);
  }
  return ok({
    roots: withoutNested(roots),
    files,
    includes: uri => files.includes(uri) || folders.some(folder => isWithin(folder, uri)),
    onlyFolder: files.length === 0 && folders.length === 1 ? folders[0] : undefined,
  });
}

/** Resolves a symbolic link to its target: discovery doesn't follow links. */
async function withoutLink(file: string, fileSystem: FileSystem): Promise<string> {
  const folder = await fileSystem.realPath(dirnameUri(file));
  const real = await fileSystem.realPath(file);
  return real === joinUri(folder, basenameUri(file)) ? file : real;
}

function withoutNested(roots: readonly string[]): readonly string[] {
  const unique = [...new Set(roots)];
  return unique.filter(root => !unique.some(other => other !== root && isWithin(other, root)));
}
