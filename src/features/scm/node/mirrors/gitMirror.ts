import { errorMessage, type Logger, relativePath, SerialQueue } from '../../../../base';
import { emptyFileSystem, routedFileSystem } from '../../../../platform/core/files';
import {
  type FileSystem,
  type GitMirror,
  GitMirrorFailure,
  type GitMirrorFetch,
  type GitMirrorRequest,
  type GitMirrorState,
} from '../../../../platform/core/ports';
import { type GitAddress } from '../../core/gitAddresses';
import { gitFailureReason } from '../gitFailures';
import {
  GitTreeFileSystem,
  stampedStat,
  type TreeFileSystemOptions,
} from '../reading/gitTreeFileSystem';
import { type FetchObjects, draftOf, GitMirrorBlobs, DraftError } from './gitMirrorBlobs';
import { fetchRef } from './gitMirrorRefs';
import { REMOTE } from '../gitProcess';
import { GitMirrorRemote, objectsSize, storageFailure } from './gitMirrorRemote';
import { GitMirrorStore, type MirrorRecord, type ObjectFormat } from './gitMirrorStore';
import { changedPaths, type MirrorTree, readMirrorTree } from './gitMirrorTree';

export interface GitMirrorDeps {
  readonly address: GitAddress;
  /** Path of this mirror's own folder. */
  readonly folder: string;
  /** Whether the user has allowed a host that is this machine or unencrypted. */
  readonly isNamed: (host: string) => boolean;
  readonly logger: Logger;
  /** Maximum bytes of a fetch. */
  readonly maxBytes: number;
  /** Maximum milliseconds of a request to the remote. */
  readonly maxTime: number;
}

type FetchOptions = Parameters<GitMirror['fetch']>[0];

/** Amount of data to fetch; from the least on, until the remote supports it. */
interface Extent {
  readonly isBlobless: boolean;
  readonly isShallow: boolean;
}

const EXTENTS: readonly Extent[] = [
  { isBlobless: true, isShallow: true },
  { isBlobless: false, isShallow: true },
  { isBlobless: false, isShallow: false },
];

/** State of a copy. */
interface Copy {
  readonly record: MirrorRecord;
  readonly tree: MirrorTree;
  readonly blobs: GitMirrorBlobs;
}

/** A fetch in progress, and its repository. */
interface Work extends Extent {
  /** Whether the repository was created for this fetch. */
  readonly isNew: boolean;
  readonly generation: string;
  /** Undefined if not known yet. */
  readonly ref: string | undefined;
}

/** Number of packs above which everything is fetched again; and growth limit as a multiple of the maximum fetch. */
const MAX_PACKS = 80;
const MAX_GROWTH = 3;

/** A bare repository with the tree of one commit and the wanted file contents. */
export class NodeGitMirror implements GitMirror {
  readonly #request: GitMirrorRequest;
  readonly #deps: GitMirrorDeps;
  readonly #store: GitMirrorStore;
  readonly #disposal = new AbortController();
  readonly #missing = new Set<string>();
  #copy: Copy | undefined;
  #onDemand: FileSystem | undefined;
  #atHand: FileSystem | undefined;
  readonly #queue = new SerialQueue();

  readonly fileSystem: FileSystem;
  readonly copy: FileSystem;

  constructor(request: GitMirrorRequest, deps: GitMirrorDeps) {
    this.#request = request;
    this.#deps = deps;
    this.#store = new GitMirrorStore(deps.folder);
    this.fileSystem = routedFileSystem(() => this.#onDemand ?? emptyFileSystem);
    const { stat, readDirectory, realPath, readFile } = routedFileSystem(
      () => this.#atHand ?? emptyFileSystem,
    );
    this.copy = {
      stat,
      readDirectory,
      realPath,
      readFile: async uri => {
        try {
          return await readFile(uri);
        } catch (error) {
          await this.#noteMissing(uri);
          throw error;
        }
      },
    };
  }

  get state(): GitMirrorState | undefined {
    if (!this.#copy) return undefined;
    const { commit, ref, fetchedAt } = this.#copy.record;
    return { commit, fetchedAt, branch: ref.replace(/^refs\/(?:heads|tags)\//, '') };
  }

  get missing(): ReadonlySet<string> {
    return this.#missing;
  }

  restore(): Promise<void> {
    return this.#queue.run(() => this.#restore());
  }

  fetch(options: FetchOptions): Promise<GitMirrorFetch> {
    return this.#queue.run(async () => {
      const signal = AbortSignal.any([options.signal, this.#disposal.signal]);
      try {
        return await this.#fetch({ ...options, signal });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof DraftError) throw error.cause;
        if (error instanceof GitMirrorFailure) throw error;
        throw (
          storageFailure(error) ??
          new GitMirrorFailure(gitFailureReason(error), errorMessage(error), { cause: error })
        );
      }
    });
  }

  look: GitMirror['look'] = (look, options) =>
    this.#queue.run(async () => {
      const signal = AbortSignal.any([options.signal, this.#disposal.signal]);
      if (!this.#copy) await this.#restore();
      if (!this.#copy) throw new GitMirrorFailure('failed', 'The repository has no cached copy');
      const { tree, blobs, record } = this.#copy;
      const packs = await this.#store.packs(record.generation);
      const remote = this.#remote();
      const fetch = this.#objectFetcher(remote, { folder: blobs.folder });
      const value = await look(draftOf(tree, blobs, { fetch, signal }));
      const grown = await this.#grown(record.generation, packs);
      return { value, requests: remote.requests, bytes: remote.bytes + grown };
    });

  remove(): Promise<void> {
    return this.#queue.run(async () => {
      this.#copy?.blobs.dispose();
      this.#copy = this.#onDemand = this.#atHand = undefined;
      this.#missing.clear();
      await this.#store.removeAll();
    });
  }

  dispose(): void {
    this.#disposal.abort();
    this.#copy?.blobs.dispose();
  }

  async #restore(): Promise<void> {
    const record = await this.#store.readRecord(this.#url);
    if (!record || this.#copy?.record.generation === record.generation) return;
    const blobs = this.#blobsOf(record);
    try {
      this.#apply({ record, blobs, tree: await this.#readTree(record.commit, blobs) });
    } catch (error) {
      blobs.dispose();
      this.#deps.logger.warn(
        `The cached copy of ${this.#url} is corrupt and will be fetched again: ${errorMessage(error)}`,
      );
    }
  }

  async #fetch(options: FetchOptions): Promise<GitMirrorFetch> {
    const { logger } = this.#deps;
    const remote = this.#remote();
    const known = await this.#store.readRecord(this.#url);
    const isWorn = known && (await this.#isWorn(known.generation));
    const isBroken =
      known?.generation === this.#copy?.record.generation && this.#copy?.blobs.isBroken;
    if (known && !isWorn && !isBroken) {
      try {
        return await this.#update({ ...known, isNew: false }, remote, options);
      } catch (error) {
        options.signal.throwIfAborted();
        if (error instanceof DraftError || storageFailure(error)) throw error;
        if (error instanceof GitMirrorFailure && error.isFinal) throw error;
        logger.info(`${this.#url} will be fetched again: ${errorMessage(error)}`);
      }
    }
    // The old repository stays, because another window may read it.
    return this.#fetchAnew(known?.ref, remote, options);
  }

  async #isWorn(generation: string): Promise<boolean> {
    const { size } = await this.#store.packs(generation);
    if (size > MAX_PACKS) return true;
    const bytes = await objectsSize(this.#store.pathOf(generation));
    return bytes > MAX_GROWTH * this.#deps.maxBytes;
  }

  /** Fetches into a new repository. */
  async #fetchAnew(
    ref: string | undefined,
    remote: GitMirrorRemote,
    options: FetchOptions,
  ): Promise<GitMirrorFetch> {
    const { signal } = options;
    let format: ObjectFormat = 'sha1';
    for (let at = 0; ;) {
      const extent = EXTENTS[at] ?? { isBlobless: false, isShallow: false };
      const generation = await this.#store.create(format, signal);
      try {
        return await this.#update({ ...extent, generation, ref, isNew: true }, remote, options);
      } catch (error) {
        await this.#store.removeGeneration(generation);
        signal.throwIfAborted();
        if (error instanceof DraftError) throw error;
        const complaint = errorMessage(error);
        const reason = error instanceof GitMirrorFailure ? error.reason : 'failed';
        if (format === 'sha1' && reason === 'object-format') format = 'sha256';
        else if (reason === 'unsupported' && at + 1 < EXTENTS.length) {
          const less = extent.isBlobless ? 'parts' : 'only the latest commit';
          this.#deps.logger.info(`The remote does not support fetching ${less}: ${complaint}`);
          at++;
        } else throw error;
      }
    }
  }

  async #update(
    work: Work,
    remote: GitMirrorRemote,
    { signal, onProgress, complete, knownCommit }: FetchOptions,
  ): Promise<GitMirrorFetch> {
    const { generation, isShallow } = work;
    const before = this.#copy;
    const packs = await this.#store.packs(generation);
    const { ref, commit, isFiltered } = await fetchRef(
      {
        ...work,
        folder: this.#store.pathOf(generation),
        branch: this.#request.branch,
        signal,
        onProgress,
      },
      remote,
    );
    if (!before && !work.isNew && commit === knownCommit) {
      return { paths: [], requests: remote.requests, bytes: remote.bytes };
    }
    const isKept = before?.record.generation === generation;
    const isBlobless = work.isNew ? isFiltered : work.isBlobless;
    if (work.isBlobless && !isBlobless) {
      this.#deps.logger.info(
        `${this.#url} does not support partial clones; all files were fetched`,
      );
    }
    const record: MirrorRecord = {
      generation,
      ref,
      commit,
      isBlobless,
      isShallow,
      url: this.#url,
      fetchedAt: Date.now(),
    };
    const blobs = isKept ? before.blobs : this.#blobsOf(record);
    try {
      const isSame = isKept && before.record.commit === commit;
      const tree = isSame ? before.tree : await this.#readTree(commit, blobs, signal);
      if (!isSame || this.#missing.size) {
        const fetchObjects = this.#objectFetcher(remote, { folder: blobs.folder, onProgress });
        const draft = draftOf(tree, blobs, { fetch: fetchObjects, signal });
        await complete?.(draft).catch((error: unknown) => {
          throw error instanceof GitMirrorFailure ? error : new DraftError(error);
        });
      }
      // After a corruption, unchanged files may have been read wrongly.
      const paths = before?.blobs.isBroken ? undefined : before && changedPaths(before.tree, tree);
      await this.#store.writeRecord(record);
      this.#apply({ record, tree, blobs });
      await this.#store.removeOld(generation);
      return {
        paths: await paths,
        requests: remote.requests,
        bytes: remote.bytes + (await this.#grown(generation, packs)),
      };
    } catch (error) {
      if (!isKept) blobs.dispose();
      throw error;
    }
  }

  get #url(): string {
    return this.#deps.address.url;
  }

  #remote(): GitMirrorRemote {
    const { address, isNamed, maxBytes, maxTime } = this.#deps;
    const { authorization } = this.#request;
    return new GitMirrorRemote({ address, isNamed, maxBytes, maxTime, authorization });
  }

  #blobsOf({ generation, isBlobless }: MirrorRecord): GitMirrorBlobs {
    const folder = this.#store.pathOf(generation);
    const fetch: FetchObjects = (oids, signal) =>
      this.#objectFetcher(this.#remote(), { folder })(oids, signal);
    return new GitMirrorBlobs({ folder, isBlobless, fetch });
  }

  #objectFetcher(
    remote: GitMirrorRemote,
    { folder, onProgress }: { folder: string; onProgress?: FetchOptions['onProgress'] },
  ): FetchObjects {
    return async (oids, signal) => {
      const input = `${oids.join('\n')}\n`;
      const args = ['--stdin', REMOTE];
      await remote.fetch({ args, input, folder, isBlobless: true, signal, onProgress });
    };
  }

  async #readTree(
    commit: string,
    blobs: GitMirrorBlobs,
    signal?: AbortSignal,
  ): Promise<MirrorTree> {
    await blobs.look(signal);
    const place = { folder: blobs.folder, isRepository: true };
    return readMirrorTree(commit, { place, blobs: blobs.onDemand, signal });
  }

  #apply(copy: Copy): void {
    const { tree, blobs } = copy;
    const before = this.#copy;
    const { root } = this.#request;
    const files = (options: TreeFileSystemOptions): FileSystem =>
      new GitTreeFileSystem(root, tree.root, undefined, options);
    this.#copy = copy;
    this.#onDemand = files({
      statOf: async blob => stampedStat(blob, await blobs.sizeOnDemand(blob.oid)),
    });
    this.#atHand = files({
      blobs: blobs.atHand,
      statOf: blob => Promise.resolve(stampedStat(blob, blobs.sizeOf(blob.oid) ?? 0)),
    });
    if (before && before.blobs !== blobs) before.blobs.retire();
    for (const path of this.#missing) {
      const blob = tree.files.get(path);
      if (!blob || blobs.sizeOf(blob.oid) !== undefined) this.#missing.delete(path);
    }
  }

  /** Records a file whose contents are missing, for the next fetch. */
  async #noteMissing(uri: string): Promise<void> {
    const real = await this.copy.realPath(uri).catch(() => uri);
    const found = await this.copy.stat(real).catch(() => undefined);
    const path = relativePath(this.#request.root, real);
    if (found?.type !== 'file' || path === undefined) return;
    const blob = this.#copy?.tree.files.get(path);
    if (blob && this.#copy?.blobs.sizeOf(blob.oid) === undefined) this.#missing.add(path);
  }

  /** Returns the bytes of new packs. */
  async #grown(generation: string, before: ReadonlyMap<string, number>): Promise<number> {
    let bytes = 0;
    for (const [name, size] of await this.#store.packs(generation)) {
      if (!before.has(name)) bytes += size;
    }
    return bytes;
  }
}
