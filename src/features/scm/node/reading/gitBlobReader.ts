import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Disposable } from '../../../../base';
import { type GitPlace, GitSilence, GitWatch, startGit } from '../gitProcess';

interface Request {
  readonly oid: string;
  resolve(this: void, content: Uint8Array): void;
  reject(this: void, error: Error): void;
}

const newline = 10;

/** Reads file contents by object id. */
export interface BlobSource {
  /** @throws an error with code `ENOENT` if the object doesn't exist */
  read(oid: string): Promise<Uint8Array>;
}

/**
 * Reads blobs of a repository through one `git cat-file --batch` process, without filters, text conversions or
 * working trees. Answers come in the order of requests.
 */
export class GitBlobReader implements BlobSource, Disposable {
  #place: GitPlace;
  #child: ChildProcessWithoutNullStreams | undefined;
  #watch: GitWatch | undefined;
  #waiting: Request[] = [];
  /** Received chunks of an incomplete answer. */
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes of the current answer after its header; undefined before the header. */
  #size: number | undefined;
  #missing = new Set<string>();
  #isDisposed = false;

  /** @param place - folder in the repository */
  constructor(place: GitPlace) {
    this.#place = place;
  }

  /** Ids of requested objects that are not in this clone. */
  get missing(): ReadonlySet<string> {
    return this.#missing;
  }

  async read(oid: string): Promise<Uint8Array> {
    if (this.#isDisposed) throw new Error('The repository is closed');
    const child = (this.#child ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ oid, resolve, reject });
      this.#watch?.start();
      child.stdin.write(`${oid}\n`);
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#child?.stdin.end();
    this.#child?.kill();
    this.#failAll(new Error('The repository is closed'));
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(['cat-file', '--batch'], this.#place);
    let complaint = '';
    const watch = new GitWatch(child);
    this.#watch = watch;
    child.stdout.on('data', (chunk: Buffer) => {
      this.#take(chunk);
      if (this.#waiting.length === 0) watch.stop();
    });
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
    child.stdin.on('error', () => {});
    child.on('error', error => this.#failAll(error));
    child.on('close', () => {
      this.#child = undefined;
      const ended = complaint.trim() || 'git ended before it had answered';
      this.#failAll(watch.hasEnded ? new GitSilence() : new Error(ended));
    });
    return child;
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    this.#chunks = [];
    this.#length = 0;
    this.#size = undefined;
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (;;) {
      if (this.#size === undefined && !this.#readHeader()) return;
      if (this.#size === undefined) continue;
      // A line feed follows the contents. Chunks are joined when they are complete.
      if (this.#length < this.#size + 1) return;
      const content = this.#cut(this.#size + 1).subarray(0, this.#size);
      this.#size = undefined;
      this.#waiting.shift()?.resolve(content);
    }
  }

  /** Reads `<oid> blob <size>`, or `<oid> missing`, which is a whole answer. */
  #readHeader(): boolean {
    if (!this.#chunks.some(chunk => chunk.includes(newline))) return false;
    const end = this.#joined().indexOf(newline);
    const header = this.#cut(end + 1).toString('utf8', 0, end);
    const size = /^\S+ \S+ (\d+)$/.exec(header)?.[1];
    if (size !== undefined) {
      this.#size = Number(size);
      return true;
    }
    const request = this.#waiting.shift();
    if (request) {
      this.#missing.add(request.oid);
      const error = new Error(`ENOENT: object ${request.oid} is not in this clone`);
      request.reject(Object.assign(error, { code: 'ENOENT' }));
    }
    return true;
  }

  #joined(): Buffer {
    const [first, ...more] = this.#chunks;
    const joined = first && !more.length ? first : Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }

  #cut(length: number): Buffer {
    const joined = this.#joined();
    this.#chunks = joined.length > length ? [joined.subarray(length)] : [];
    this.#length = joined.length - length;
    return joined.subarray(0, length);
  }
}
