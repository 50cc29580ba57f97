import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Disposable, isRecord } from '../../../../base';
import { GitMirrorFailure } from '../../../../platform/core/ports';
import { makeFolder } from '../../../../platform/node';
import { deleteOnExit } from '../../../../platform/node/exitCleanup';
import { gitErrorText, gitFailureReason } from '../gitFailures';
import { guardedGit } from '../gitProcess';

/** Stored state of a mirror. */
export interface MirrorRecord {
  /** Folder name of the repository. */
  readonly generation: string;
  readonly url: string;
  /** Full fetched ref: `refs/heads/main`, or `HEAD` if it is detached. */
  readonly ref: string;
  readonly commit: string;
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** Whether file contents are fetched on demand. */
  readonly isBlobless: boolean;
  /** Whether history is left out. */
  readonly isShallow: boolean;
}

/** Hash algorithm of a repository. */
export type ObjectFormat = 'sha1' | 'sha256';

const RECORD = 'mirror.json';
const GENERATION = /^generation-[0-9a-f-]{36}$/;
/** Milliseconds for which other processes may read a replaced repository. */
const GRACE = 24 * 60 * 60 * 1000;
/** Maximum number of replaced repositories to keep, unless one may still be in creation. */
const MOST_REPLACED = 2;
const MAKING = 60 * 60 * 1000;

const CONFIGS: Readonly<Record<ObjectFormat, string>> = {
  sha1: '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
  sha256:
    '[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n',
};

/**
 * Folder of a mirror. Each repository in it is created once and only grows; a record, replaced atomically, names
 * the current one. So processes that share the folder never see a partial state, and a corrupt repository is
 * replaced rather than repaired.
 */
export class GitMirrorStore {
  readonly #folder: string;
  /** Repositories without a record by generation, deleted when the process exits. */
  readonly #unrecorded = new Map<string, Disposable>();

  /** @param folder - a path */
  constructor(folder: string) {
    this.#folder = folder;
  }

  pathOf(generation: string): string {
    return join(this.#folder, generation);
  }

  /** Returns undefined if there is no usable record. */
  async readRecord(url: string): Promise<MirrorRecord | undefined> {
    const record = await readFile(join(this.#folder, RECORD), 'utf8').then(parseRecord, () => {});
    return record?.url === url && (await this.#isWhole(record.generation)) ? record : undefined;
  }

  /** Replaces the record. */
  async writeRecord(record: MirrorRecord): Promise<void> {
    const draft = join(this.#folder, `${RECORD}.${randomUUID()}`);
    try {
      await writeFile(draft, JSON.stringify(record));
      await rename(draft, join(this.#folder, RECORD));
      this.#keep(record.generation);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw error;
    }
  }

  /** Creates an empty repository. @returns its generation @throws GitMirrorFailure */
  async create(format: ObjectFormat, signal: AbortSignal): Promise<string> {
    const generation = `generation-${randomUUID()}`;
    const path = this.pathOf(generation);
    this.#unrecorded.set(generation, deleteOnExit(path));
    try {
      await makeFolder(path);
      const git = await guardedGit(path, { signal });
      await git.raw([
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--object-format=${format}`,
        '--initial-branch=main',
        '.',
      ]);
      await writeFile(join(path, 'config'), CONFIGS[format]);
      return generation;
    } catch (error) {
      await this.removeGeneration(generation);
      signal.throwIfAborted();
      const message = gitErrorText(error);
      const reason = gitFailureReason(error) === 'no-git' ? 'no-git' : 'storage';
      throw new GitMirrorFailure(reason, message, { cause: error });
    }
  }

  async removeGeneration(generation: string): Promise<void> {
    await this.#removeNamed(generation);
    this.#keep(generation);
  }

  /** Deletes repositories that no process reads anymore. */
  async removeOld(current: string): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const changedAt = async (path: string): Promise<number> =>
      (await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity;
    const isOld = async (path: string): Promise<boolean> =>
      Date.now() - (await changedAt(path)) > GRACE;
    const replaced: { readonly name: string; readonly at: number }[] = [];
    for (const name of names) {
      const isLeftOver = GENERATION.test(name) || name.startsWith(`${RECORD}.`);
      if (!isLeftOver || name === current) continue;
      if (await isOld(join(this.#folder, name))) await this.#removeNamed(name);
      else if (GENERATION.test(name)) {
        replaced.push({ name, at: await changedAt(join(this.#folder, name)) });
      }
    }
    replaced.sort((a, b) => b.at - a.at);
    for (const { name, at } of replaced.slice(MOST_REPLACED)) {
      if (Date.now() - at > MAKING) await this.#removeNamed(name);
    }
    // Deletes leftovers of aborted fetches.
    const packs = join(this.pathOf(current), 'objects', 'pack');
    for (const name of await readdir(packs).catch(() => [])) {
      if (!name.startsWith('tmp_') || !(await isOld(join(packs, name)))) continue;
      await rm(join(packs, name), { force: true }).catch(() => {});
    }
  }

  /** Returns names and sizes in bytes of a repository's packs. */
  async packs(generation: string): Promise<ReadonlyMap<string, number>> {
    const folder = join(this.pathOf(generation), 'objects', 'pack');
    const sizes = new Map<string, number>();
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.endsWith('.pack')) continue;
      const found = await stat(join(folder, name)).catch(() => undefined);
      if (found) sizes.set(name, found.size);
    }
    return sizes;
  }

  async removeAll(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #keep(generation: string): void {
    this.#unrecorded.get(generation)?.dispose();
    this.#unrecorded.delete(generation);
  }

  async #removeNamed(name: string): Promise<void> {
    // An aborted git may still write.
    const options = { recursive: true, force: true, maxRetries: 5 };
    await rm(join(this.#folder, name), options).catch(() => {});
  }

  /** Whether a repository exists with exactly its original configuration. */
  async #isWhole(generation: string): Promise<boolean> {
    const config = await readFile(join(this.pathOf(generation), 'config'), 'utf8').catch(() => '');
    return Object.values(CONFIGS).includes(config);
  }
}

function parseRecord(text: string): MirrorRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A damaged record counts as missing: the copy is fetched anew.
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { generation, url, ref, commit, fetchedAt, isBlobless, isShallow } = value;
  const isUsable =
    typeof generation === 'string' &&
    GENERATION.test(generation) &&
    typeof url === 'string' &&
    typeof ref === 'string' &&
    /^(?:HEAD|refs\/(?:heads|tags)\/.+)$/.test(ref) &&
    typeof commit === 'string' &&
    /^[0-9a-f]{40,64}$/.test(commit) &&
    typeof fetchedAt === 'number';
  if (!isUsable) return undefined;
  const flags = { isBlobless: isBlobless === true, isShallow: isShallow === true };
  return { generation, url, ref, commit, fetchedAt, ...flags };
}
