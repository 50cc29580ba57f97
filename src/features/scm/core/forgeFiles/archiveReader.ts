import { Unzip, UnzipInflate } from 'fflate';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { concatBytes, errorMessage } from '../../../../base';
import { InputError, NotAllowedError, TaskLimitError } from './fileErrors';
import type { ArchiveLimits, ArchivePlace, SourceEntry } from './remoteForge';
import { joinPath, linkedPath, parentPath, safeChildPath } from './safePath';

/** An entry as read from an archive. */
interface ArchiveEntry {
  readonly path: string;
  readonly type: 'file' | 'folder' | 'link';
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
  /** Target of a symbolic link. */
  readonly target?: string | undefined;
}

/** Implements `readArchive`, with the archive libraries. */
export async function unpackArchive(
  bytes: Uint8Array,
  { format, folder, isWrapped, url }: ArchivePlace,
  limits: ArchiveLimits,
): Promise<readonly SourceEntry[]> {
  const inside = placesIn(folder, isWrapped);
  const entries = new Map<string, ArchiveEntry>();
  const budget = new Budget(limits);
  try {
    for await (const entry of format === 'zip' ? readZip(bytes, budget) : readTar(bytes, budget)) {
      const path = inside(entry.path);
      if (path !== undefined) entries.set(path, entry);
    }
  } catch (error) {
    const isOurs = [TaskLimitError, NotAllowedError, InputError].some(
      type => error instanceof type,
    );
    if (isOurs) throw error;
    throw new Error(`${url} is not an archive: ${errorMessage(error)}`, { cause: error });
  }
  return sourceEntries(entries, { url, budget });
}

/** Limits the size of unpacked data. */
class Budget {
  readonly #limits: ArchiveLimits;
  #size = 0;
  #entries = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  spend(size: number, entries: number): void {
    this.#size += size;
    this.#entries += entries;
    if (this.#size > this.#limits.size || this.#entries > this.#limits.entries) {
      throw new TaskLimitError('The content to fetch is too large');
    }
  }
}

/**
 * @returns a function that converts a path of the archive to a path in the folder; undefined for paths elsewhere
 */
function placesIn(folder: string, isWrapped: boolean): (path: string) => string | undefined {
  return written => {
    const path = safeChildPath('/archive', written.replace(/^\/+/, ''));
    const below = isWrapped ? path.slice(path.indexOf('/') + 1 || path.length) : path;
    if (folder === '') return below === '' ? undefined : below;
    return below.startsWith(`${folder}/`) ? below.slice(folder.length + 1) : undefined;
  };
}

async function* readTar(bytes: Uint8Array, budget: Budget): AsyncGenerator<ArchiveEntry> {
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      budget.spend(chunk.length, 0);
      controller.enqueue(chunk);
    },
  });
  const reader = new Blob([bytes.slice()])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .pipeThrough(counted)
    .pipeThrough(createTarDecoder({ strict: true }))
    .getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      budget.spend(0, 1);
      yield await tarEntry(next.value);
    }
  } finally {
    await reader.cancel().catch(() => {
      // The failure has been reported already.
    });
  }
}

async function tarEntry({ header, body }: ParsedTarEntry): Promise<ArchiveEntry> {
  const { name: path, type = 'file', mode = 0, linkname } = header;
  const content = new Uint8Array(await new Response(body).arrayBuffer());
  const isExecutable = (mode & 0o111) !== 0;
  if (type === 'symlink') return { path, type: 'link', content, isExecutable, target: linkname };
  if (type === 'directory') return { path, type: 'folder', content, isExecutable: false };
  // Hard links, devices and the like are not files of a repository.
  return { path, type: type === 'file' ? 'file' : 'link', content, isExecutable };
}

/** Bytes to unpack at a time. */
const SLICE = 64 * 1024;

async function* readZip(bytes: Uint8Array, budget: Budget): AsyncGenerator<ArchiveEntry> {
  const done: ArchiveEntry[] = [];
  let failure: Error | undefined;
  let names = 0;
  const unzip = new Unzip(file => {
    names++;
    const chunks: Uint8Array[] = [];
    file.ondata = (error, chunk, isFinal) => {
      failure ??= error ?? undefined;
      if (failure) return;
      try {
        budget.spend(chunk.length, isFinal ? 1 : 0);
      } catch (spent) {
        failure = spent instanceof Error ? spent : new Error(errorMessage(spent));
        return file.terminate();
      }
      chunks.push(chunk);
      if (!isFinal) return;
      const type = file.name.endsWith('/') ? 'folder' : 'file';
      done.push({ path: file.name, type, content: concatBytes(chunks), isExecutable: false });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += SLICE) {
    unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
    if (failure) throw failure;
    yield* done.splice(0);
    // Yields the thread.
    await new Promise(resolve => setTimeout(resolve));
  }
  if (names === 0) throw new Error('it is empty');
}

function sourceEntries(
  entries: ReadonlyMap<string, ArchiveEntry>,
  { url, budget }: { readonly url: string; readonly budget: Budget },
): readonly SourceEntry[] {
  const found = new Map<string, SourceEntry>();
  const add = (path: string, entry?: ArchiveEntry): void => {
    const parent = parentPath(path);
    if (parent !== '' && !found.has(parent)) {
      // A path may contain thousands of folders that the archive doesn't list.
      budget.spend(0, 1);
      add(parent);
    }
    const { content, isExecutable = false } = entry ?? {};
    found.set(path, { path, content, isExecutable, origin: joinPath(url, path) });
  };
  for (const [path, entry] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (entry.type === 'folder') add(path);
    else if (entry.type === 'file') add(path, entry);
    else {
      const target = linkedFile(path, entry.target, entries);
      if (!target) continue;
      // The content counts for each link.
      budget.spend(target.content.length, 0);
      add(path, target);
    }
  }
  return [...found.values()];
}

/** Resolves a link; links to links are not followed. */
function linkedFile(
  path: string,
  target: string | undefined,
  entries: ReadonlyMap<string, ArchiveEntry>,
): ArchiveEntry | undefined {
  const linked = target === undefined ? undefined : linkedPath(path, target);
  const found = linked === undefined ? undefined : entries.get(linked);
  return found?.type === 'file' ? found : undefined;
}
