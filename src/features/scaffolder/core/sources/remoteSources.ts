import { errorMessage, onDemand } from '../../../../base';
import { AllowedHosts, isLoopback } from '../../../../platform/core/hosts';
import type { HttpAnswer, HttpClient } from '../../../../platform/core/ports';
import {
  contentOf,
  forgeAt,
  InputError,
  NotAllowedError,
  readArchive,
  type RemoteForge,
  type RemoteRequest,
  TaskLimitError,
} from '../../../scm/core/forgeFiles';
import type { RepoHosts } from '../../../scm/core/forges';
import type { AddressesOfHosts } from '../../../scm/core/urlReaders';
import { DEFAULT_LIMITS, type WorkspaceLimits } from '../workspace/memoryWorkspace';
import type { FetchOptions, SourceEntry, SourceFile, TemplateSources } from './templateSources';

export interface RemoteSourcesDeps {
  /** Host names, with a port unless it is the default of https. `*.acme.org` allows all subdomains. */
  readonly allowed: readonly string[];
  /**
   * Opens a client for the first request.
   * @param isNamed - whether a host is explicitly allowed. Otherwise, local addresses are blocked
   */
  readonly openHttp: (isNamed: (host: string) => boolean) => Promise<HttpClient>;
  /** Git hosts by type. */
  readonly hosts: RepoHosts;
  /** Addresses that integrations set. */
  readonly addresses?: AddressesOfHosts | undefined;
  /** Limits of fetched files, packed and unpacked. Default: the limits of a task. */
  readonly limits?: WorkspaceLimits;
  /** Asks before the first request to a host. */
  readonly mayFetch?: ((host: string, url: string) => Promise<boolean>) | undefined;
}

/** Milliseconds per response. */
const TIMEOUT = 60_000;
const MAX_REDIRECTS = 5;

/**
 * Reads from allowed hosts, as a Backstage with integrations does: by https, or http from this machine.
 * Redirects may only lead to allowed hosts and to hosts of the same git host.
 */
export class RemoteSources implements TemplateSources {
  readonly #deps: RemoteSourcesDeps;
  readonly #allowed: AllowedHosts;
  readonly #http: () => Promise<HttpClient>;
  /** Answers of the user by host. */
  readonly #consents = new Map<string, Promise<boolean>>();
  /** Further hosts of explicitly allowed git hosts. */
  readonly #forgeHosts = new Set<string>();

  constructor(deps: RemoteSourcesDeps) {
    this.#deps = deps;
    this.#allowed = new AllowedHosts(deps.allowed);
    this.#http = onDemand(() =>
      deps.openHttp(host => this.#allowed.isNamed(host) || this.#forgeHosts.has(host)),
    );
  }

  async readTree(
    address: string,
    _base: string,
    options: FetchOptions,
  ): Promise<readonly SourceEntry[]> {
    const { url, forge } = await this.#open(address);
    if (!forge) {
      throw new InputError(`Can't fetch the folder ${address}. The type of ${url.host} is unknown`);
    }
    const archive = forge.archive(url, options.token);
    const { body } = await this.#get(archive, url, options);
    const { limits = DEFAULT_LIMITS } = this.#deps;
    return readArchive(body, { ...archive, url: address }, limits);
  }

  async readFile(
    address: string,
    _base: string,
    _destination: string,
    options: FetchOptions,
  ): Promise<SourceFile> {
    const { url, forge } = await this.#open(address);
    const request: RemoteRequest = forge?.file(url, options.token) ?? {
      url: url.href,
      headers: {},
      forgeHosts: [],
    };
    const { body } = await this.#get(request, url, options);
    const content = contentOf(request, body);
    return { path: '', content, isExecutable: false, origin: address };
  }

  /** @throws NotAllowedError if the host is not allowed */
  async #open(address: string): Promise<{ url: URL; forge: RemoteForge | undefined }> {
    const { hosts, addresses, mayFetch } = this.#deps;
    const url = new URL(address);
    if (url.username !== '' || url.password !== '') {
      throw new InputError(
        `The URL for ${url.host} must not contain a user or password. Pass a token instead`,
      );
    }
    const { host } = url;
    if (!this.#allowed.has(host)) {
      throw new NotAllowedError(
        `Reading from '${address}' is not allowed. To allow it, add ${host} to the setting callboard.templates.hosts, or on the command line with --allow-host`,
      );
    }
    this.#checkProtocol(url);
    let agreed = this.#consents.get(host);
    if (!agreed)
      this.#consents.set(host, (agreed = mayFetch?.(host, address) ?? Promise.resolve(true)));
    if (!(await agreed)) throw new NotAllowedError(`Fetching from ${host} was declined`);
    return { url, forge: forgeAt(hosts.get(host), addresses?.get(host)) };
  }

  #checkProtocol(url: URL): void {
    const { protocol, host } = url;
    if (protocol === 'https:' || (isLoopback(url) && this.#allowed.isNamed(host))) return;
    throw new NotAllowedError(
      `Can't fetch from ${protocol}//${host}. Use https to protect secrets`,
    );
  }

  async #get(
    { url: first, headers, forgeHosts }: RemoteRequest,
    { host }: URL,
    { signal }: FetchOptions,
  ): Promise<HttpAnswer> {
    if (this.#allowed.isNamed(host)) {
      for (const own of [new URL(first).host, ...forgeHosts]) this.#forgeHosts.add(own);
    }
    const { limits = DEFAULT_LIMITS } = this.#deps;
    const http = await this.#http();
    let url = new URL(first);
    const { origin } = url;
    let isOwn = true;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const { authorization, ...others } = headers;
      // The token is only for the first origin. It is not sent after a redirect elsewhere, not even back to
      // that origin.
      isOwn &&= url.origin === origin;
      const isSignedIn = isOwn && authorization !== undefined;
      const result = await http.send({
        method: 'GET',
        url: url.href,
        headers: { ...others, ...(isSignedIn ? { authorization } : {}) },
        timeout: TIMEOUT,
        maxSize: limits.size,
        signal,
      });
      if (result.type === 'excess') {
        throw new TaskLimitError('The content to fetch is too large');
      }
      if (result.type !== 'answered') {
        const reason = 'reason' in result ? result.reason : 'it did not respond in time';
        throw new Error(`Request failed for ${first}, ${reason}`);
      }
      const location = result.headers.get('location');
      if (result.status < 300 || result.status > 399 || location === undefined) {
        return answerOf(first, result);
      }
      const next = locationOf(location, url);
      if (
        next.origin !== origin &&
        !forgeHosts.includes(next.host) &&
        !this.#allowed.has(next.host)
      ) {
        throw new NotAllowedError(
          `${first} redirects to ${next.host}, which is not allowed. To allow it, add it to the setting callboard.templates.hosts, or on the command line with --allow-host`,
        );
      }
      this.#checkProtocol(next);
      url = next;
    }
    throw new Error(`Request failed for ${first}, it redirects too many times`);
  }
}

function locationOf(location: string, url: URL): URL {
  try {
    return new URL(location, url);
  } catch (error) {
    const reason = `invalid redirect: ${errorMessage(error)}`;
    throw new Error(`Request failed for ${url.href}, ${reason}`, { cause: error });
  }
}

function answerOf(url: string, answer: HttpAnswer): HttpAnswer {
  const { status } = answer;
  if (status >= 200 && status <= 299) return answer;
  const hints: Readonly<Record<number, string>> = {
    401: 'the token is not valid',
    403: 'access is denied, or the rate limit is exceeded',
    404: 'it does not exist, or requires a token',
    429: 'the rate limit is exceeded',
  };
  const hint = hints[status];
  const error = new Error(
    `Request failed for ${url}, ${status}${hint === undefined ? '' : `: ${hint}`}`,
  );
  if (status === 404) error.name = 'NotFoundError';
  throw error;
}
