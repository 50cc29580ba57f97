import { childUri, dirnameUri, relativePath } from '../../../../../base';
import type { TextRequest } from '../../languageProvider';
import { entriesOf } from './folders';

const MAX_DEPTH = 3;
const MAX_FOLDERS = 60;

/** `dir:` and the folders below the file's own that hold an mkdocs.yml, the nearest first. */
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
