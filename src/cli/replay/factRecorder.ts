import { createHash } from 'node:crypto';
import type { DirectoryEntry, FileStat, FileSystem, StampedFile } from '../../platform/core/ports';
import { readStamped } from '../../platform/core/files';
import type { CommandContext } from '../command';
import {
  codeOf,
  type DependencyRecorder,
  describeEntries,
  type Fact,
  type FileFact,
  isSameStamp,
  isYoung,
  type MergeBaseFact,
  stampOf,
} from './facts';

/** The maximum size in bytes of a file that is read only for its hash. */
const MAX_HASHED = 5_000_000;

/**
 * Records what a command learns about its surroundings: whenever all of it is the same, the command would do the same.
 * The file system passes on all questions, and its answers except the times of folders.
 */
export class FactRecorder implements FileSystem, DependencyRecorder {
  readonly #files: FileSystem;
  readonly #env: CommandContext['env'];
  readonly #started: number;
  readonly #facts = new Map<string, Fact>();
  #isBroken = false;

  /** @param started - milliseconds since the epoch, before anything is recorded */
  constructor(files: FileSystem, env: CommandContext['env'], started: number) {
    this.#files = files;
    this.#env = env;
    this.#started = started;
  }

  /** The environment variables; each that is read is recorded. */
  readonly env: CommandContext['env'] = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        if (typeof name !== 'string') return undefined;
        const value = this.#env[name];
        this.#facts.set(`variable ${name}`, { kind: 'variable', name, value });
        return value;
      },
      // Other accesses would not be recorded.
      has: () => this.#refuse(),
      ownKeys: () => this.#refuse(),
      getOwnPropertyDescriptor: () => this.#refuse(),
    },
  );

  noteMergeBase(fact: MergeBaseFact): void {
    this.#facts.set('merge-base', fact);
  }

  abandon(): void {
    this.#isBroken = true;
  }

  /**
   * Returns all facts; undefined if something changed meanwhile.
   *
   * @param before - facts of the last time, whose hashes are still known
   */
  async finish(before: readonly Fact[]): Promise<readonly Fact[] | undefined> {
    const hashes = new Map(
      before.flatMap(fact => (fact.kind === 'file' ? [[fact.uri, fact] as const] : [])),
    );
    const facts: Fact[] = [];
    for (const fact of this.#facts.values()) {
      if (this.#isBroken) return undefined;
      if (fact.kind !== 'file') {
        facts.push(fact);
        continue;
      }
      const { uri, stamp } = fact;
      const former = hashes.get(uri);
      const isKnown = former && !former.isYoung && isSameStamp(former.stamp, stamp);
      const hash = fact.hash ?? (isKnown ? former.hash : await this.#hashOf(fact));
      const isNew = stamp !== undefined && isYoung(stamp, this.#started);
      if (isNew && hash === undefined) return undefined;
      facts.push({ ...fact, ...(hash !== undefined && { hash }), ...(isNew && { isYoung: true }) });
    }
    return this.#isBroken ? undefined : facts;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const found = await readStamped(this.#files, uri, Infinity).catch(() => undefined);
    if (found?.content) {
      this.#noteFile(uri, found.stat, found.content);
      return found.content;
    }
    try {
      const content = await this.#files.readFile(uri);
      // The file came meanwhile, so that it has no stamp.
      this.#isBroken = true;
      return content;
    } catch (error) {
      this.#note(`unread ${uri}`, { kind: 'unread', uri, code: codeOf(error) });
      throw error;
    }
  }

  async readStamped(uri: string, maxSize: number): Promise<StampedFile | undefined> {
    let found: StampedFile | undefined;
    try {
      found = await readStamped(this.#files, uri, maxSize);
    } catch (error) {
      this.#note(`unstamped ${uri}`, { kind: 'unstamped', uri, code: codeOf(error) });
      throw error;
    }
    if (!found) {
      this.#note(`unstamped ${uri}`, { kind: 'unstamped', uri, code: '' });
      return undefined;
    }
    this.#noteFile(uri, found.stat, found.content);
    return { stat: stampOf(found.stat), content: found.content };
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const found = await this.#files.stat(uri);
    this.#noteFile(uri, found, undefined);
    return found && stampOf(found);
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const key = `folder ${uri}`;
    try {
      const found = await this.#files.readDirectory(uri);
      this.#note(key, { kind: 'folder', uri, entries: describeEntries(found) });
      return found;
    } catch (error) {
      this.#note(key, { kind: 'folder', uri, entries: codeOf(error) });
      throw error;
    }
  }

  async realPath(uri: string): Promise<string> {
    const target = await this.#files.realPath(uri);
    this.#note(`link ${uri}`, { kind: 'link', uri, target });
    return target;
  }

  #refuse(): never {
    this.#isBroken = true;
    throw new TypeError('Environment variables can only be read by name');
  }

  #note(key: string, fact: Fact): void {
    const former = this.#facts.get(key);
    if (!former) this.#facts.set(key, fact);
    else if (JSON.stringify(former) !== JSON.stringify(fact)) this.#isBroken = true;
  }

  #noteFile(uri: string, stat: FileStat | undefined, content: Uint8Array | undefined): void {
    const stamp = stat && stampOf(stat);
    const hash = content && hashOf(content);
    const former = this.#facts.get(uri);
    if (former?.kind !== 'file') {
      this.#facts.set(uri, { kind: 'file', uri, stamp, hash });
      return;
    }
    if (!isSameStamp(former.stamp, stamp)) this.#isBroken = true;
    if (hash === undefined) return;
    if (former.hash === undefined) this.#facts.set(uri, { ...former, hash });
    else if (former.hash !== hash) this.#isBroken = true;
  }

  /** Returns the hash of a file that was only looked at; its content may have been known from earlier. */
  async #hashOf({ uri, stamp }: FileFact): Promise<string | undefined> {
    if (stamp?.type !== 'file' || stamp.size > MAX_HASHED) return undefined;
    const found = await readStamped(this.#files, uri, MAX_HASHED).catch(() => undefined);
    if (!found || !isSameStamp(found.stat, stamp)) this.#isBroken = true;
    return found?.content && hashOf(found.content);
  }
}

export function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}
