import { dirnameUri } from '../../../../../base';
import type { FileType } from '../../../../../platform/core/ports';

/** Yields a URI and its ancestors, innermost first. */
export function* ancestorsOf(uri: string): Generator<string> {
  for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1)) yield uri.slice(0, end);
}

/** Whether places contain a URI or one of its ancestors. */
export function hasAncestor(places: { has(uri: string): boolean }, uri: string): boolean {
  for (const place of ancestorsOf(uri)) if (places.has(place)) return true;
  return false;
}

/**
 * Returns the missing places and their missing ancestors: the deletion of a folder may be reported
 * only for its files.
 */
export async function gonePlaces(
  places: ReadonlyMap<string, FileType | undefined>,
  typeOf: (uri: string) => Promise<FileType | undefined>,
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  const there = new Set<string>();
  for (const [uri, type] of places) {
    if (type !== undefined) continue;
    gone.add(uri);
    for (let folder = dirnameUri(uri); !gone.has(folder); folder = dirnameUri(folder)) {
      if (there.has(folder) || (await typeOf(folder)) !== undefined) {
        there.add(folder);
        break;
      }
      gone.add(folder);
    }
  }
  return gone;
}
