import { basenameUri, childUri, dirnameUri, isWithin, relativePath } from '../../../../../base';
import type { DirectoryEntry, FileSystem } from '../../../../../platform/core/ports';
import { isDescriptorName } from '../../../../catalog/core/shared';
import { descriptorOf } from '../../descriptors/descriptor';
import type { PositionRequest, TextRequest } from '../../languageProvider';
import type { CompletionPlace } from '../completionPlace';

/** The maximum number of entries, more than anybody scrolls through. */
const MAX_ENTRIES = 2000;

/** Returns the entries of a folder, without hidden and third-party ones; none if it can't be read. */
export async function entriesOf(
  files: FileSystem,
  uri: string,
): Promise<readonly DirectoryEntry[]> {
  try {
    const entries = await files.readDirectory(uri);
    return entries
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .slice(0, MAX_ENTRIES);
  } catch {
    // Nothing to complete: the catalog reports folders that can't be read.
    return [];
  }
}

/** Returns the folder at a path relative to another, as long as the file may refer to it. */
export async function folderAt(
  { context, text }: PositionRequest,
  from: string,
  path: string,
): Promise<string | undefined> {
  const boundary = context.boundaryOf(text.uri);
  let folder = from;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && folder === boundary) return undefined;
    folder = segment === '..' ? dirnameUri(folder) : childUri(folder, segment);
  }
  if (!isWithin(boundary, folder)) return undefined;
  try {
    // A symbolic link may still lead out of it.
    const [real, realBoundary] = await Promise.all([
      context.files.realPath(folder),
      context.files.realPath(boundary),
    ]);
    return isWithin(realBoundary, real) ? folder : undefined;
  } catch {
    // The folder or a link on the way is gone: there is nothing to complete.
    return undefined;
  }
}

/** Encodes a file name for a relative URL. */
export function urlSegment(name: string): string {
  // A lone surrogate can't be encoded.
  return encodeURI(name.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(/[?#]/g, encodeURIComponent);
}

const MAX_DEPTH = 3;
const MAX_FOLDERS = 60;

/** Returns `dir:` values for folders with an mkdocs.yml below the file's folder, the nearest first. */
export async function docsFolders({
  context,
  text,
  signal,
}: TextRequest): Promise<readonly string[]> {
  const base = dirnameUri(text.uri);
  const found: string[] = [];
  let level = [base];
  let looked = 0;
  for (let depth = 0; depth <= MAX_DEPTH && level.length && !signal.aborted; depth++) {
    const folders = level.slice(0, MAX_FOLDERS - looked);
    looked += folders.length;
    const listings = await Promise.all(folders.map(folder => entriesOf(context.files, folder)));
    const next: string[] = [];
    for (const [index, entries] of listings.entries()) {
      const folder = folders[index] ?? base;
      if (folder !== base && entries.some(({ name }) => /^mkdocs\.ya?ml$/.test(name))) {
        found.push(`dir:./${relativePath(base, folder) ?? ''}`);
      }
      for (const { name, type, isSymbolicLink } of entries) {
        if (type === 'directory' && !isSymbolicLink) next.push(childUri(folder, name));
      }
    }
    level = next;
  }
  return found;
}

/** Common names of descriptor files, besides the one that Backstage looks for. */
const USUAL_NAME = /^(?:catalog|backstage|entit(?:y|ies)|component|template)\.ya?ml$/i;

/** The number of documents that are checked, enough to recognize a file. */
const ENOUGH_PARTS = 20;

/** Whether descriptors are to be expected in a file whose current document is still empty. */
export function mayHoldDescriptors({ request }: CompletionPlace): boolean {
  const { text, context } = request;
  const name = basenameUri(text.uri);
  if (isDescriptorName(name) || USUAL_NAME.test(name)) return true;
  if (context.catalog.entitiesInFile(text.uri).length > 0) return true;
  return text.parts
    .slice(0, ENOUGH_PARTS)
    .some(({ part }) => descriptorOf(part, context.catalog.kinds) !== undefined);
}
