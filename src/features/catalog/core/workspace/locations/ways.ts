import { dirnameUri } from '../../../../../base';
import type { FileType } from '../../../../../platform/core/ports';

/** A URI and those of the folders that it lies in, the innermost first. */
export function* wayTo(uri: string): Generator<string> {
  for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1)) yield uri.slice(0, end);
}

/** Whether some places have a URI among them, or a folder that it lies in. */
export function hasInWay(places: { has(uri: string): boolean }, uri: string): boolean {
  for (const place of wayTo(uri)) if (places.has(place)) return true;
  return false;
}

/**
 * The places where nothing is, and the folders that are gone with them: a folder that is deleted may
 * be told as its files only.
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
