import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Disposable, isRecord } from '../../../../base';
import { GitMirrorFailure } from '../../../../platform/core/ports';
import { makeFolder } from '../../../../platform/node';
import { deleteOnExit } from '../../../../platform/node/exitCleanup';
import { gitComplaint, gitFailureReason } from '../gitFailures';
import { guardedGit } from '../gitProcess';

/** What is kept of a mirror, besides its repository. */
export interface MirrorRecord {
  /** Name of the folder of the repository. */
  readonly generation: string;
  readonly url: string;
  /** The full name of what was fetched: `refs/heads/main`, or `HEAD` where that is no branch. */
  readonly ref: string;
  readonly commit: string;
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** Whether contents of files come when they are wanted. */
  readonly isBlobless: boolean;
  /** Whether there is no history. */
  readonly isShallow: boolean;
}

/** How objects are named in a repository. */
export type ObjectFormat = 'sha1' | 'sha256';

const RECORD = 'mirror.json';
const GENERATION = /^generation-[0-9a-f-]{36}$/;
/** Milliseconds for which others may still read what has been replaced. */
const GRACE = 24 * 60 * 60 * 1000;
/** More that were replaced are left to them only as long as one of them may still be in the making. */
const MOST_REPLACED = 2;
const MAKING = 60 * 60 * 1000;

const CONFIGS: Readonly<Record<ObjectFormat, string>> = {
  sha1: '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
  sha256:
    '[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n',
};

/**
 * The folder of a mirror. Each repository in it is made once and only grows; which of them counts is said by a record
 * that is put in its place as a whole. So processes that share the folder never see half of anything, and what is found
 * broken is left behind and not mended.
 */
export class GitMirrorStore {
  readonly #folder: string;
  /** By generation, the repositories without a record yet: they are deleted when the process ends. */
  readonly #unrecorded = new Map<string, Disposable>();

  /** @param folder - a path */
  constructor(folder: string) {
    this.#folder = folder;
  }

  pathOf(generation: string): string {
    return join(this.#folder, generation);
  }

  /** Undefined where there is none that can be used. */
  async readRecord(url: string): Promise<MirrorRecord | undefined> {
    const record = await readFile(join(this.#folder, RECORD), 'utf8').then(parseRecord, () => {});
    return record?.url === url && (await this.#isWhole(record.generation)) ? record : undefined;
  }

  /** Puts a record in the place of the one before. */
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

  /** Makes an empty repository. @returns its generation @throws GitMirrorFailure */
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
      const complaint = gitComplaint(error);
      const reason = gitFailureReason(error) === 'no-git' ? 'no-git' : 'storage';
      throw new GitMirrorFailure(reason, complaint, { cause: error });
    }
  }

  async removeGeneration(generation: string): Promise<void> {
    await this.#removeNamed(generation);
    this.#keep(generation);
  }

  /** Deletes what nobody reads any more. */
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
    // What a fetch leaves behind that was ended.
    const packs = join(this.pathOf(current), 'objects', 'pack');
    for (const name of await readdir(packs).catch(() => [])) {
      if (!name.startsWith('tmp_') || !(await isOld(join(packs, name)))) continue;
      await rm(join(packs, name), { force: true }).catch(() => {});
    }
  }

  /** Names and sizes in bytes of the packs of a repository. */
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
    // A git that was ended may still write its last.
    const options = { recursive: true, force: true, maxRetries: 5 };
    await rm(join(this.#folder, name), options).catch(() => {});
  }

  /** Whether a repository is there, with nothing in its settings that was not put there when it was made. */
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
