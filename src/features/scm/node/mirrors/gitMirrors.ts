import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, type Logger } from '../../../../base';
import type { GitMirror, GitMirrorRequest, GitMirrors } from '../../../../platform/core/ports';
import { gitBranchFault, readGitAddress } from '../../core/gitAddresses';
import { NodeGitMirror } from './gitMirror';

export interface NodeGitMirrorsOptions {
  /** Path of the folder that copies are kept in. */
  readonly storage: string;
  /**
   * Whether somebody named a host, with its port where it is not the usual one: then it is asked though it is this machine,
   * or leads to it, and by `http:` and `git:`, which others can listen to.
   */
  readonly isNamed?: (host: string) => boolean;
  readonly logger: Logger;
  /** Default: 1 GB. */
  readonly maxBytes?: number;
  /** In milliseconds, of one question to a remote; default: half an hour. */
  readonly maxTime?: number;
}

const HALF_AN_HOUR = 30 * 60_000;

/** Mirrors as bare repositories in a folder, which git fetches without anything of theirs being run. */
export class NodeGitMirrors implements GitMirrors {
  readonly #options: NodeGitMirrorsOptions;

  constructor(options: NodeGitMirrorsOptions) {
    this.#options = options;
  }

  open(request: GitMirrorRequest): GitMirror {
    const { storage, isNamed = () => false, logger, maxTime = HALF_AN_HOUR } = this.#options;
    const { maxBytes: most = 1024 ** 3 } = this.#options;
    const { key, url, branch, maxBytes = most } = request;
    if (!/^[a-z0-9][a-z0-9-]{0,99}$/i.test(key)) throw new TypeError('A key is a plain word');
    const address = readGitAddress(url);
    if (!address.ok) throw new TypeError(address.error);
    const { protocol, host } = address.value;
    if ((protocol === 'http' || protocol === 'git') && !isNamed(host)) {
      throw new TypeError(
        `${host} would be asked by ${protocol}, which others can listen to and change: use https or ssh`,
      );
    }
    const fault = branch === undefined ? undefined : gitBranchFault(branch);
    if (fault !== undefined) throw new TypeError(fault);
    const folder = join(storage, key);
    // So it is known to be of use; there may be none yet.
    const now = new Date();
    utimes(folder, now, now).catch(() => {});
    return new NodeGitMirror(request, {
      address: address.value,
      folder,
      isNamed,
      logger,
      maxBytes: Math.min(maxBytes, most),
      maxTime,
    });
  }

  async removeUnused(prefix: string, age: number): Promise<void> {
    const { storage, logger } = this.#options;
    const names = await readdir(storage).catch((): string[] => []);
    for (const name of names.filter(each => each.startsWith(prefix))) {
      const folder = join(storage, name);
      try {
        const { mtimeMs } = await stat(folder);
        if (Date.now() - mtimeMs > age) await rm(folder, { recursive: true, force: true });
      } catch (error) {
        logger.info(`${folder} was not deleted: ${errorMessage(error)}`);
      }
    }
  }
}
