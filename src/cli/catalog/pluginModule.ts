import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { childUri, isWithin, joinUri, relativePath } from '../../base';
import type { FileSystem } from '../../platform/core/ports';
import { fileUriToPath } from '../../platform/node';
import { deleteOnExit } from '../../platform/node/exitCleanup';

/** Maximum number of files that are copied out of an archive. */
const MAX_FILES = 5_000;

/**
 * Returns the URL of a plugin's module. Node loads modules from the disk only, so that a plugin in an archive is copied
 * into a temporary folder, which is deleted when the process ends.
 *
 * @param folder - URI of the plugin's folder
 * @param main - path of the module in it
 * @param isArchive - whether the folder is in an archive
 * @throws Error if there is no such file
 */
export async function moduleUrl(
  { folder, main, isArchive }: { folder: string; main: string; isArchive: boolean },
  fileSystem: FileSystem,
): Promise<string> {
  const uri = joinUri(folder, main);
  if (!isWithin(folder, uri))
    throw new Error(`main leads out of the folder of the plugin: ${main}`);
  if ((await fileSystem.stat(uri))?.type !== 'file') {
    throw new Error(`main names no file of the plugin: ${main}`);
  }
  const [realFolder, realUri] = await Promise.all([
    fileSystem.realPath(folder),
    fileSystem.realPath(uri),
  ]);
  if (!isWithin(realFolder, realUri)) {
    throw new Error(`main leads out of the folder of the plugin through a symbolic link: ${main}`);
  }
  if (!isArchive) return pathToFileURL(fileUriToPath(uri)).href;
  const copy = await mkdtemp(join(tmpdir(), 'callboard-plugin-'));
  deleteOnExit(copy);
  let copied = 0;
  for await (const file of filesBelow(folder, fileSystem)) {
    if (++copied > MAX_FILES) throw new Error(`The archive has more than ${MAX_FILES} files`);
    const target = join(copy, relativePath(folder, file) ?? '');
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await fileSystem.readFile(file), { flag: 'wx' });
  }
  return pathToFileURL(join(copy, main)).href;
}

async function* filesBelow(folder: string, fileSystem: FileSystem): AsyncGenerator<string> {
  for (const { name, type } of await fileSystem.readDirectory(folder)) {
    // Names of an archive are unchecked: none may lead out of the copy.
    if (name === '..' || name === '.' || /[\\/\0]/.test(name)) continue;
    const uri = childUri(folder, name);
    if (type === 'file') yield uri;
    else if (type === 'directory') yield* filesBelow(uri, fileSystem);
  }
}
