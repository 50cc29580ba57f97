import { basenameUri, dirnameUri, failure, isWithin, joinUri, ok, type Result } from '../base';
import { repositoryAround } from '../core/files';
import type { FileSystem } from '../core/ports';
import { fileUriToPath } from '../node';

/** What is read, and what of it is spoken about. */
export interface Scope {
  /** URIs of the folders that make the catalog; none lies in another. */
  readonly roots: readonly string[];
  /** URIs of the files that were named one by one. */
  readonly files: readonly string[];
  /** Whether a file belongs to what was asked for. */
  readonly includes: (uri: string) => boolean;
  /** The folder, where exactly one folder was asked for and nothing else. */
  readonly onlyFolder: string | undefined;
}

/**
 * Finds the catalog that the given files and folders belong to: a folder is one by itself; around a
 * file it is a given folder, the git repository, or the current folder, if the file is in it.
 *
 * @param deps.cwd - URI of the current folder
 */
export async function resolveScope(
  uris: readonly string[],
  { fileSystem, cwd }: { fileSystem: FileSystem; cwd: string },
): Promise<Result<Scope>> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const uri of uris) {
    const stat = await fileSystem.stat(uri);
    if (!stat) return failure(`There is no file or folder ${fileUriToPath(uri)}`);
    if (stat.type === 'directory') folders.push(uri);
    else files.push(await withoutLink(uri, fileSystem));
  }
  const around: string[] = [];
  for (const file of files) {
    if (folders.some(folder => isWithin(folder, file))) continue;
    const repository = await repositoryAround(dirnameUri(file), fileSystem);
    around.push(repository ?? (isWithin(cwd, file) ? cwd : dirnameUri(file)));
  }
  return ok({
    roots: withoutNested([...folders, ...around]),
    files,
    includes: uri => files.includes(uri) || folders.some(folder => isWithin(folder, uri)),
    onlyFolder: files.length === 0 && folders.length === 1 ? folders[0] : undefined,
  });
}

/** Discovery follows no links: of a file that is one, what it leads to is checked. */
async function withoutLink(file: string, fileSystem: FileSystem): Promise<string> {
  const folder = await fileSystem.realPath(dirnameUri(file));
  const real = await fileSystem.realPath(file);
  return real === joinUri(folder, basenameUri(file)) ? file : real;
}

function withoutNested(roots: readonly string[]): readonly string[] {
  const unique = [...new Set(roots)];
  return unique.filter(root => !unique.some(other => other !== root && isWithin(other, root)));
}
