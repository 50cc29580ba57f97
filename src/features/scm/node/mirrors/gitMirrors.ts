import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, type Logger } from '../../../../base';
import type { GitMirror, GitMirrorRequest, GitMirrors } from '../../../../platform/core/ports';
import { gitBranchFault, readGitAddress } from '../../core/gitAddresses';
import { NodeGitMirror } from './gitMirror';

export interface NodeGitMirrorsOptions {
  /** Path of the folder for mirrors. */
  readonly storage: string;
  /**
   * Whether the user has allowed a host, with its port unless it is the default: then it may be this machine or
   * resolve to it, and unencrypted `http:` and `git:` are allowed.
   */
  readonly isNamed?: (host: string) => boolean;
  readonly logger: Logger;
  /** Default: 1 GB. */
  readonly maxBytes?: number;
  /** Maximum milliseconds of a request to a remote; default: half an hour. */
  readonly maxTime?: number;
}

const HALF_AN_HOUR = 30 * 60_000;

/** Mirrors as bare repositories in a folder, fetched without running anything from the remote repository. */
export class NodeGitMirrors implements GitMirrors {
  readonly #options: NodeGitMirrorsOptions;

  constructor(options: NodeGitMirrorsOptions) {
    this.#options = options;
  }

  open(request: GitMirrorRequest): GitMirror {
    const { storage, isNamed = () => false, logger, maxTime = HALF_AN_HOUR } = this.#options;
    const { maxBytes: most = 1024 ** 3 } = this.#options;
    const { key, url, branch, maxBytes = most } = request;
    if (!/^[a-z0-9][a-z0-9-]{0,99}$/i.test(key)) throw new TypeError('A key must be a plain word');
    const address = readGitAddress(url);
    if (!address.ok) throw new TypeError(address.error);
    const { protocol, host } = address.value;
    if ((protocol === 'http' || protocol === 'git') && !isNamed(host)) {
      throw new TypeError(
        `${host} is not fetched over ${protocol}, which is not encrypted. Use https or ssh`,
      );
    }
    const fault = branch === undefined ? undefined : gitBranchFault(branch);
    if (fault !== undefined) throw new TypeError(fault);
    const folder = join(storage, key);
    // Marks the mirror as used; its folder may not exist yet.
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
