import { dirnameUri, isRecord, joinUri } from '../../../../base';
import { pathBelow } from './pathBelow';

/**
 * The folders with what is to come of a Template: what stands there is no entity, as it is none in a skeleton.
 *
 * @param fixture - the value of a fixture, whatever it is
 * @param uri - of its file
 * @returns URIs
 */
export function goldenFolders(fixture: unknown, uri: string): readonly string[] {
  const tests = isRecord(fixture) ? fixture['tests'] : undefined;
  if (!Array.isArray(tests)) return [];
  const folders = new Set<string>();
  for (const test of tests as readonly unknown[]) {
    const expected = isRecord(test) ? test['expect'] : undefined;
    const files = isRecord(expected) ? expected['files'] : undefined;
    const written = isRecord(files) ? files['golden'] : undefined;
    const path = typeof written === 'string' ? pathBelow(written) : undefined;
    if (path !== undefined) folders.add(joinUri(dirnameUri(uri), path));
  }
  return [...folders];
}
