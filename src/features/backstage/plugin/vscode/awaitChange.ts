import type { BackstageInstance } from '../../../../api';
import { isRecord, raceAbort } from '../../../../base';

/** Milliseconds between two looks, and how often it is looked: a Backstage takes a second or two. */
const PAUSE = 1000;
const LOOKS = 12;

/** What tells one version of an entity on a server from another; undefined where it has none. */
export async function versionOn(
  instance: BackstageInstance,
  ref: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const entity = await instance.catalog.getEntity(ref, { signal });
  const metadata = entity?.['metadata'];
  if (!isRecord(metadata)) return undefined;
  return JSON.stringify([metadata['uid'], metadata['etag']]);
}

/**
 * Waits for a while until a server has another version of an entity, or none, than it had: what it is told to do, it
 * does when its turn comes.
 *
 * @returns whether it has come to that
 */
export async function awaitChange(
  instance: BackstageInstance,
  {
    ref,
    before,
    signal,
  }: { readonly ref: string; before: string | undefined; signal: AbortSignal },
): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    await raceAbort(new Promise(resolve => setTimeout(resolve, PAUSE)), signal);
    if ((await versionOn(instance, ref, signal)) !== before) return true;
  }
  return false;
}
