import { type BackstageInstance, isRecord, raceAbort } from '../../../../api';

/** Milliseconds between checks, and number of checks: a Backstage takes a second or two. */
const PAUSE = 1000;
const LOOKS = 12;

/** Returns the version of an entity on a server; undefined if it doesn't exist. */
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
 * Waits until a server has another version of an entity or none: it processes requests later.
 *
 * @returns whether it has changed
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
