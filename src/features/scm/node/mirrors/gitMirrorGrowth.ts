import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Bytes that a file takes at least, on most disks. */
const BLOCK = 4096;
/** Milliseconds between two looks. */
const INTERVAL = 500;

/**
 * Has something run that adds to a repository, and looks after it: of servers that only hand out files, git does not say
 * how much has come.
 *
 * @param folder - path of the repository
 * @param options.most - bytes on the disk that may be added
 * @param options.onExcess - called where they are more, also at the end
 */
export async function whileGrowing<T>(
  folder: string,
  { most, onExcess }: { readonly most: number; readonly onExcess: () => void },
  task: () => Promise<T>,
): Promise<T> {
  const before = await objectsSize(folder);
  const end = new AbortController();
  const look = async (): Promise<void> => {
    if ((await objectsSize(folder)) - before > most) onExcess();
  };
  const looking = (async () => {
    for (let took = 0; !end.signal.aborted;) {
      // Where there are many, looking takes no more than half of the time.
      const options = { signal: end.signal, ref: false };
      await setTimeout(Math.max(INTERVAL, took), undefined, options).catch(() => {});
      const started = Date.now();
      await look();
      took = Date.now() - started;
    }
  })();
  try {
    return await task();
  } finally {
    end.abort();
    await looking;
  }
}

/** In bytes, of all that is kept of objects, and of what has come of others. */
export async function objectsSize(folder: string): Promise<number> {
  const objects = join(folder, 'objects');
  let size = 0;
  for (const name of await readdir(objects).catch(() => [])) {
    for (const file of await readdir(join(objects, name)).catch(() => [])) {
      const found = await stat(join(objects, name, file)).catch(() => undefined);
      size += Math.ceil((found?.size ?? 0) / BLOCK) * BLOCK;
    }
  }
  return size;
}
