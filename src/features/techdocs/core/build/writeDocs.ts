import {
  errorMessage,
  isGitPath,
  isRecord,
  isSameBytes,
  isWithin,
  joinUri,
} from '../../../../base';
import { decodeText } from '../../../../platform/core/files';
import type { FileSystem, OutputFolder } from '../../../../platform/core/ports';
import type { BuiltSite } from '../sites/buildSite';
import { type BuiltDocs, METADATA } from './buildDocs';
import { isInside } from './sitePaths';

export interface WriteDocsOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Whether foreign files in the folder may be deleted. */
  readonly isCleaned?: boolean;
}

export interface WrittenDocs {
  /** Number of new or changed files. */
  readonly written: number;
  readonly unchanged: number;
  /** Number of files from an earlier build that were removed. */
  readonly removed: number;
}

/** Thrown for a folder with content that isn't a built site. */
export class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError';
}

/**
 * Writes a site to a folder. Unchanged files are skipped, files that only an earlier build has are
 * removed, and other files are kept. Each file is replaced atomically. The list of files is written
 * first, so that an interrupted build can be resumed.
 *
 * @throws ForeignFolderError if the folder has content that isn't a build's, unless `isCleaned`;
 *   Error if a file would be written into a `.git` folder; AbortError
 */
export async function writeDocs(
  { files }: Pick<BuiltDocs, 'files'>,
  output: OutputFolder,
  { signal, onProgress, isCleaned = false }: WriteDocsOptions = {},
): Promise<WrittenDocs> {
  const ofGit = [...files.keys()].find(isGitPath);
  if (ofGit !== undefined) throw new Error(`"${ofGit}" would be written into a .git folder`);
  const before = isCleaned ? [] : await filesOfBuild(output);
  signal?.throwIfAborted();
  if (isCleaned) await output.clear();
  const own = new Set([...before, ...files.keys()]);
  await output.write(METADATA, markerOf(own));
  let written = 0;
  let done = 0;
  for (const [path, make] of files) {
    signal?.throwIfAborted();
    // Written last: it replaces the marker and completes the site.
    if (path === METADATA) continue;
    const content = await make();
    const there = await output.read(path);
    if (!there || !isSameBytes(there, content)) {
      await output.write(path, content);
      written++;
    }
    onProgress?.({ done: ++done, total: files.size });
  }
  let removed = 0;
  for (const path of before) {
    signal?.throwIfAborted();
    if (files.has(path)) continue;
    await output.remove(path);
    removed++;
  }
  const metadata = await files.get(METADATA)?.();
  if (metadata) await output.write(METADATA, metadata);
  return { written: written + 1, unchanged: files.size - written - 1, removed };
}

/**
 * Returns the files of an earlier build by Callboard or TechDocs; none if the folder is empty or
 * missing.
 *
 * @throws ForeignFolderError if the folder has other content
 */
export async function filesOfBuild(output: OutputFolder): Promise<readonly string[]> {
  const names = (await output.list())?.filter(name => !name.startsWith('.')) ?? [];
  if (!names.length) return [];
  const marker = names.includes(METADATA) ? await output.read(METADATA) : undefined;
  const files = marker && filesOf(decodeText(marker));
  if (files) return files;
  throw new ForeignFolderError("it contains files that aren't from an earlier build");
}

/** Returns the files that `techdocs_metadata.json` lists, or undefined if it isn't valid. */
function filesOf(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const paths: unknown = isRecord(value) ? value['files'] : undefined;
    if (!Array.isArray(paths)) return undefined;
    // Untrusted: ignores paths outside the folder.
    return paths.filter(path => typeof path === 'string').filter(isInside);
  } catch (error) {
    throw new ForeignFolderError(`its ${METADATA} cannot be read: ${errorMessage(error)}`);
  }
}

function markerOf(files: ReadonlySet<string>): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ files: [...files].sort() })}\n`);
}

/**
 * Reason why a folder can't be the target of a build: it contains the sources, or is inside them.
 */
export type TargetRefusal = 'holds-sources' | 'among-sources';

/**
 * Checks whether a site can be written to a folder (URI), which may not exist yet. Resolves
 * symbolic links.
 */
export async function checkTarget(
  target: string,
  { content, config, files }: BuiltSite,
  fileSystem: FileSystem,
): Promise<TargetRefusal | undefined> {
  const real = await realPath(target, fileSystem);
  const folder = await fileSystem.realPath(content.site.folder);
  const docs = await fileSystem.realPath(joinUri(content.site.folder, config.docsDir));
  const sources = [folder, docs, config.file, ...[...files.values()].map(({ uri }) => uri)];
  if (sources.some(source => isWithin(target, source) || isWithin(real, source))) {
    return 'holds-sources';
  }
  const isAmong = docs !== folder && isWithin(docs, real);
  return isAmong ? 'among-sources' : undefined;
}

/** Resolves symbolic links, also for a path that doesn't exist yet. */
async function realPath(uri: string, fileSystem: FileSystem): Promise<string> {
  const missing: string[] = [];
  let at = uri;
  while ((await fileSystem.stat(at)) === undefined) {
    const slash = at.lastIndexOf('/');
    if (slash <= at.indexOf('://') + 2) break;
    missing.unshift(at.slice(slash + 1));
    at = at.slice(0, slash);
  }
  const real = await fileSystem.realPath(at);
  return [real.replace(/\/$/, ''), ...missing].join('/');
}
