import { dirnameUri, isRecord, isWithin, joinUri } from '../../../../base';
import { fetchedPlace } from './fetchedPlace';

/**
 * The folders that the `fetch:…` steps of a Template copy from: what stands there becomes a project
 * later and is no entity yet. A folder that the Template itself lies in is not told apart from the
 * rest of the repository and is left out.
 *
 * @param steps - `spec.steps` as it is written, whatever it is
 * @param uri - of the file that the Template stands in
 * @returns URIs of folders, or of single files
 */
export function skeletonFolders(steps: unknown, uri: string): readonly string[] {
  if (!Array.isArray(steps)) return [];
  const folders = new Set<string>();
  for (const step of steps) {
    if (!isRecord(step) || typeof step['action'] !== 'string') continue;
    if (!step['action'].startsWith('fetch:') || !isRecord(step['input'])) continue;
    const path = fetchedPlace(step['input']['url']);
    if (path === undefined) continue;
    const folder = joinUri(dirnameUri(uri), path);
    if (!isWithin(folder, uri)) folders.add(folder);
  }
  return [...folders];
}
