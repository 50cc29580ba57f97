import { isRecord } from '../../../base';

/** A host name with or without a port, or `*.` and the end of one. */
const HOST = /^(?:\*\.)?(?:\[[\da-f:.]+\]|[^\s*/:@[\]]+)(?::\d+)?$/i;

/** Whether {@link AllowedHosts} accepts a text as a pattern. Other texts would allow nothing. */
export function isHostPattern(text: string): boolean {
  return HOST.test(text.trim());
}

/** The allowlist of hosts. */
export class AllowedHosts {
  readonly #named: ReadonlySet<string>;
  readonly #others: ReadonlySet<string>;
  /** Allowed endings of host names, with a leading dot. */
  readonly #endings: readonly string[];

  /**
   * @param hosts - names, with a port other than 443 where needed; `*.acme.org` for all subdomains
   * @param others - hosts that another machine's configuration names: allowed, but not by the user
   */
  constructor(hosts: readonly string[], others: readonly string[] = []) {
    const named = written(hosts);
    const rest = written(others);
    this.#named = new Set(named.filter(isWhole));
    this.#others = new Set(rest.filter(isWhole));
    this.#endings = [...named, ...rest].flatMap(host =>
      host.startsWith('*.') ? [host.slice(1)] : [],
    );
  }

  /** Whether requests to a host are allowed. @param host - as in `URL.host` */
  has(host: string): boolean {
    if (this.isNamed(host) || this.#others.has(host)) return true;
    return this.#endings.some(ending => host.endsWith(ending));
  }

  /** Whether the user allowed this host by its full name, not only by a pattern. */
  isNamed(host: string): boolean {
    return this.#named.has(host);
  }
}

function written(hosts: readonly string[]): readonly string[] {
  return hosts.map(host => host.trim().toLowerCase()).filter(host => host !== '');
}

function isWhole(host: string): boolean {
  return !host.startsWith('*');
}

/** The places where a host can be allowed, for messages. */
export const ALLOWED_HOSTS_HINT =
  'to the setting callboard.catalog.hosts, or use --allow-host on the command line';

/** Additional hosts of a forge, besides the one of its pages. */
interface ApiHosts {
  /** Hosts that receive the forge's token. */
  readonly api: readonly string[];
  /** Hosts of public files, which get no token. */
  readonly open: readonly string[];
}

/**
 * Returns the additional hosts of a forge. Source: `readGithubIntegrationConfig` and
 * `readBitbucketCloudIntegrationConfig` of `@backstage/integration`.
 *
 * @param host - as in addresses of repositories
 */
export function apiHostsOf(type: string | undefined, host: string): ApiHosts {
  if (type === 'github' && host === 'github.com') {
    return {
      api: ['api.github.com'],
      open: ['raw.githubusercontent.com', 'codeload.github.com'],
    };
  }
  const hasOwnApi =
    (type === 'github' && host.endsWith('.ghe.com')) ||
    (type === 'bitbucketCloud' && host === 'bitbucket.org');
  return { api: hasOwnApi ? [`api.${host}`] : [], open: [] };
}

/** Parses the setting `callboard.templates.integrations`, which may have any value: types of forges by host. */
export function readForgeHosts(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(isRecord(value) ? value : {}).flatMap(([host, kind]) =>
      typeof kind === 'string' ? [[host, kind] as const] : [],
    ),
  );
}

/** Whether an address names this machine literally, so that nobody can intercept the connection. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
