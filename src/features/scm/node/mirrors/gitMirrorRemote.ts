import { lookup } from 'node:dns/promises';
import { readdir, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { errorMessage, ownValue } from '../../../../base';
import { GitMirrorFailure } from '../../../../platform/core/ports';
import { isWithheld } from '../../../../platform/node/http/withheldAddresses';
import type { GitAddress } from '../../core/gitAddresses';
import { gitErrorText, gitFailureReason } from '../gitFailures';
import { type GitSetting, REMOTE, type SimpleGit, guardedGit } from '../gitProcess';

export interface GitMirrorRemoteDeps {
  readonly address: GitAddress;
  readonly authorization: (signal: AbortSignal) => Promise<string | undefined>;
  /** Whether the user has allowed a host that is this machine or unencrypted. */
  readonly isNamed: (host: string) => boolean;
  /** Maximum bytes of a fetch. */
  readonly maxBytes: number;
  /** Maximum milliseconds of a command, even if data arrives slowly. */
  readonly maxTime: number;
}

export interface FetchRun {
  /** Path of the repository. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly isBlobless: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: ((message: string) => void) | undefined;
}

interface GitQuestion
  extends Pick<FetchRun, 'folder' | 'input' | 'signal'>, Partial<Pick<FetchRun, 'isBlobless'>> {
  readonly listen?: (text: string) => void;
}

/** Maximum bytes of git's output: branch names and messages of the remote, kept in memory until git exits. */
const MOST_PRINTED = 64 * 1024 * 1024;

/** Maximum number of branches to list in a message. */
const FEW_BRANCHES = 20;

/** An address that no connection reaches. */
const NOWHERE = '255.255.255.255';

const PROTOCOLS: Readonly<Record<GitAddress['protocol'], string>> = {
  // Users may have configured another protocol for the same host.
  https: 'https:ssh',
  http: 'http:https:ssh',
  ssh: 'ssh:https',
  git: 'git',
  file: 'file',
};

/** Git commands for a remote repository. */
export class GitMirrorRemote {
  readonly #deps: GitMirrorRemoteDeps;
  /** Number of connections, and bytes of branch lists. */
  requests = 0;
  bytes = 0;

  constructor(deps: GitMirrorRemoteDeps) {
    this.#deps = deps;
  }

  /** Returns the branch of HEAD; `HEAD` if it is detached. @throws GitMirrorFailure */
  async head(folder: string, signal: AbortSignal): Promise<string> {
    const answer = await this.#run({ folder, signal }, git =>
      git.raw(['ls-remote', '--symref', '--', REMOTE, 'HEAD']),
    );
    this.bytes += answer.length;
    const ref = /^ref: (refs\/heads\/.+)\tHEAD$/m.exec(answer)?.[1];
    if (ref !== undefined) return ref;
    if (/\tHEAD$/m.test(answer)) return 'HEAD';
    throw new GitMirrorFailure('empty', 'The repository has no commits');
  }

  /** Returns the branches; empty if there are many. */
  async branches(folder: string, signal: AbortSignal): Promise<readonly string[]> {
    const answer = await this.#run({ folder, signal }, git =>
      git.raw(['ls-remote', '--heads', '--', REMOTE]),
    );
    this.bytes += answer.length;
    const names = [...answer.matchAll(/\trefs\/heads\/(.+)$/gm)].map(([, name = '']) => name);
    return names.length <= FEW_BRANCHES ? names : [];
  }

  /**
   * Fetches objects.
   *
   * @returns whether the remote left out file contents as requested
   * @throws GitMirrorFailure
   */
  async fetch({ args, isBlobless, onProgress, ...place }: FetchRun): Promise<boolean> {
    const excess = new AbortController();
    let isFiltered = isBlobless;
    const listen = (text: string): void => {
      if (/^warning: filtering not recognized by server/m.test(text)) isFiltered = false;
      const line = /(?:Receiving|Resolving|Counting|Compressing) [^\r\n]*/.exec(text)?.[0];
      if (line !== undefined) onProgress?.(line);
      if (bytesIn(text) > this.#deps.maxBytes) excess.abort();
    };
    const options = [
      '--no-tags',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--progress',
      '--no-recurse-submodules',
      ...(isBlobless ? ['--filter=blob:none'] : []),
    ];
    const signal = AbortSignal.any([place.signal, excess.signal]);
    // Twice, to include the index of the objects.
    const most = 2 * this.#deps.maxBytes;
    try {
      await watchingSize(place.folder, { most, onExcess: () => excess.abort() }, () =>
        this.#run({ ...place, signal, isBlobless, listen }, git =>
          git.raw(['fetch', ...options, ...args]),
        ),
      );
      excess.signal.throwIfAborted();
    } catch (error) {
      place.signal.throwIfAborted();
      if (!excess.signal.aborted) throw error;
      const megabytes = Math.round(this.#deps.maxBytes / 1024 ** 2);
      throw new GitMirrorFailure('excess', `The repository is larger than ${megabytes} MB`);
    }
    return isFiltered;
  }

  async #run<T>(
    { folder, input, signal, isBlobless = false, listen }: GitQuestion,
    ask: (git: SimpleGit) => Promise<T>,
  ): Promise<T> {
    const { address, maxTime } = this.#deps;
    signal.throwIfAborted();
    const late = AbortSignal.timeout(maxTime);
    const flood = new AbortController();
    let printed = 0;
    const most = Math.min(MOST_PRINTED, this.#deps.maxBytes);
    const settings = await this.#settings(isBlobless, input !== undefined);
    const authorization = address.origin && (await this.#deps.authorization(signal));
    const remote = { url: address.url, ...(authorization !== undefined && { authorization }) };
    try {
      const git = await guardedGit(folder, {
        signal: AbortSignal.any([signal, flood.signal, late]),
        remote,
        protocols: PROTOCOLS[address.protocol],
        settings,
        isRepository: true,
        ...(input !== undefined && { input: Buffer.from(input) }),
        ...(listen && { onOutput: listen }),
        onPrinted: bytes => {
          printed += bytes;
          if (printed > most) flood.abort();
        },
      });
      this.requests++;
      return await ask(git);
    } catch (error) {
      signal.throwIfAborted();
      if (flood.signal.aborted) {
        throw new GitMirrorFailure(
          'excess',
          `${address.host} sends messages without end but no data`,
        );
      }
      if (late.aborted) {
        const words = `${address.host} sends data too slowly`;
        throw new GitMirrorFailure('timeout', words);
      }
      const message = gitErrorText(error, remote);
      const [, name] = /connect to (\S+) port/.exec(message) ?? [];
      const isUnknown = settings.some(
        ([, value]) => value.startsWith(`${name}:`) && value.endsWith(`:${NOWHERE}`),
      );
      const text = isUnknown ? `Could not resolve host: ${name}` : message;
      const reason = isUnknown ? 'unknown-host' : gitFailureReason(error, remote);
      throw new GitMirrorFailure(reason, text, { cause: text });
    }
  }

  async #settings(isBlobless: boolean, hasInput: boolean): Promise<readonly GitSetting[]> {
    const { address } = this.#deps;
    return [
      ...(isBlobless
        ? ([
            [`remote.${REMOTE}.promisor`, 'true'],
            [`remote.${REMOTE}.partialclonefilter`, 'blob:none'],
          ] as const)
        : []),
      // Forbids redirects, even without a token, and requires valid certificates. Set for this URL too, because
      // specific user settings would override general ones.
      ...['http', `http.${address.url}`].flatMap((section): readonly GitSetting[] => [
        [`${section}.followRedirects`, 'false'],
        [`${section}.sslVerify`, 'true'],
      ]),
      // A server that prepares a pack sends a message every five seconds.
      ['http.lowSpeedLimit', '1'],
      ['http.lowSpeedTime', '45'],
      ['core.askPass', ''],
      ['credential.interactive', 'false'],
      ['protocol.version', '2'],
      // Keeps packs, so that they can be counted.
      ['fetch.unpackLimit', '1'],
      ['transfer.unpackLimit', '1'],
      // Larger files aren't assembled in memory.
      ['core.bigFileThreshold', '16m'],
      ['fetch.writeCommitGraph', 'false'],
      ['fetch.recurseSubmodules', 'false'],
      ['transfer.bundleURI', 'false'],
      ['fetch.prune', 'false'],
      ...(hasInput ? ([['fetch.negotiationAlgorithm', 'noop']] as const) : []),
      ...(await this.#pinnedAddress()),
    ];
  }

  /**
   * Rejects names that resolve to this machine, to link-local addresses, or to cloud metadata services, and pins
   * the connection to the checked addresses.
   */
  async #pinnedAddress(): Promise<readonly GitSetting[]> {
    const { address, isNamed } = this.#deps;
    const { origin, host, protocol } = address;
    if (host === '') return [];
    const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    // A configured IP address is intended, but the owner of a name can point it anywhere.
    if ((isIP(name) || name === 'localhost') && isNamed(host)) return [];
    const found = isIP(name)
      ? [{ address: name }]
      : await lookup(name, { all: true }).catch(() => []);
    const refused = found.find(one => isWithheld(one.address));
    if (refused) {
      const what = 'which is this machine or reachable only from it';
      throw new GitMirrorFailure('refused', `${host} resolves to ${refused.address}, ${what}`);
    }
    // For ssh, the user's settings may contain another address.
    if (origin === undefined || isIP(name)) return [];
    const port = new URL(origin).port || (protocol === 'https' ? '443' : '80');
    const addresses = found.map(one =>
      isIP(one.address) === 6 ? `[${one.address}]` : one.address,
    );
    // A proxy may resolve the name; git must not use an unchecked address.
    if (!addresses.length) addresses.push(NOWHERE);
    return [['http.curloptResolve', `${name}:${port}:${addresses.join(',')}`]];
  }
}

/** Reads the number of received bytes from git's output. */
function bytesIn(text: string): number {
  const units: Readonly<Record<string, number>> = { bytes: 0, KiB: 1, MiB: 2, GiB: 3 };
  let most = 0;
  for (const [, number, unit = ''] of text.matchAll(/, ([\d.]+) (bytes|[KMG]iB)/g)) {
    most = Math.max(most, Number(number) * 1024 ** (ownValue(units, unit) ?? 0));
  }
  return most;
}

/** Returns the error of a local storage problem; undefined for problems of the remote. */
export function storageFailure(error: unknown): GitMirrorFailure | undefined {
  if (error instanceof GitMirrorFailure) return error.reason === 'storage' ? error : undefined;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isStorage =
    typeof code === 'string' &&
    /^(?:ENOSPC|EDQUOT|EROFS|EACCES|EPERM|ENOTDIR|EEXIST|EIO|EMFILE|ENAMETOOLONG)$/.test(code);
  const message = errorMessage(error);
  if (!isStorage && gitFailureReason(error) !== 'storage') return undefined;
  return new GitMirrorFailure('storage', message, { cause: error });
}

/** Minimum bytes that a file occupies on most disks. */
const BLOCK = 4096;
/** Milliseconds between checks. */
const INTERVAL = 500;

/**
 * Runs a task that adds to a repository, and watches its size, because git doesn't report progress for servers
 * without smart protocol.
 *
 * @param folder - path of the repository
 * @param options.most - maximum bytes on disk to add
 * @param options.onExcess - called if they are exceeded, also at the end
 */
async function watchingSize<T>(
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
      // For many files, checking takes at most half of the time.
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

/** Returns the bytes of all objects and of temporary packs. */
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
