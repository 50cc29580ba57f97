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
  /** Whether whatever lies in the folder may go. */
  readonly isCleaned?: boolean;
}

export interface WrittenDocs {
  /** Files that were not there, or were others. */
  readonly written: number;
  readonly unchanged: number;
  /** Files of an earlier build that the site does not have any more. */
  readonly removed: number;
}

/** A folder that holds something else than a site that was built. */
export class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError';
}

/**
 * Puts a site into a folder: what is there already as it shall be is left alone, what an earlier build put there and
 * this one does not is taken away, and what is not a build's stays. Each file is replaced as a whole; what they all are is
 * written down before the first, so that a build which was cut short can be gone on with.
 *
 * @throws ForeignFolderError where the folder holds what no build put there, unless it may be emptied; Error where a file
 *   would lie in a repository of git; AbortError
 */
export async function writeDocs(
  { files }: Pick<BuiltDocs, 'files'>,
  output: OutputFolder,
  { signal, onProgress, isCleaned = false }: WriteDocsOptions = {},
): Promise<WrittenDocs> {
  const ofGit = [...files.keys()].find(isGitPath);
  if (ofGit !== undefined) throw new Error(`"${ofGit}" would be written into what git keeps there`);
  const before = isCleaned ? [] : await filesOfBuild(output);
  signal?.throwIfAborted();
  if (isCleaned) await output.clear();
  const own = new Set([...before, ...files.keys()]);
  await output.write(METADATA, markerOf(own));
  let written = 0;
  let done = 0;
  for (const [path, make] of files) {
    signal?.throwIfAborted();
    // It replaces the list, and says that the site is whole.
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
 * The files of an earlier build in a folder, be it of Callboard or of TechDocs; none where it is empty or not there.
 *
 * @throws ForeignFolderError where it holds something else
 */
export async function filesOfBuild(output: OutputFolder): Promise<readonly string[]> {
  const names = (await output.list())?.filter(name => !name.startsWith('.')) ?? [];
  if (!names.length) return [];
  const marker = names.includes(METADATA) ? await output.read(METADATA) : undefined;
  const files = marker && filesOf(decodeText(marker));
  if (files) return files;
  throw new ForeignFolderError('it is not empty, and what is in it was not built');
}

/** Undefined for what is no `techdocs_metadata.json` of a build. */
function filesOf(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const paths: unknown = isRecord(value) ? value['files'] : undefined;
    if (!Array.isArray(paths)) return undefined;
    // Whoever wrote the list, it names nothing outside.
    return paths.filter(path => typeof path === 'string').filter(isInside);
  } catch (error) {
    throw new ForeignFolderError(`its ${METADATA} cannot be read: ${errorMessage(error)}`);
  }
}

function markerOf(files: ReadonlySet<string>): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ files: [...files].sort() })}\n`);
}

/** Why a folder cannot take a site: it has the sources in it, or lies among them. */
export type TargetRefusal = 'holds-sources' | 'among-sources';

/**
 * Whether a site can be put into a folder (a URI), which need not be there. Symbolic links count for what they lead to.
 */
export async function refuseTarget(
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

/** Of what is not there, where it would be: its folder may be a link. */
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
