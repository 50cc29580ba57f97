import { isRecord } from '../../../base';

/** A name with a port or without, or `*.` and the end of one. */
const HOST = /^(?:\*\.)?(?:\[[\da-f:.]+\]|[^\s*/:@[\]]+)(?::\d+)?$/i;

/** Whether a text is what {@link AllowedHosts} takes: anything else would allow nothing. */
export function isHostPattern(text: string): boolean {
  return HOST.test(text.trim());
}

/** The hosts that somebody has said may be asked. */
export class AllowedHosts {
  readonly #named: ReadonlySet<string>;
  readonly #others: ReadonlySet<string>;
  /** What names of hosts may end with, a dot included. */
  readonly #endings: readonly string[];

  /**
   * @param hosts - names, with a port where it is not that of https; `*.acme.org` for all below that
   * @param others - such that somebody has said of another machine: they may be asked, and count as named by nobody
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

  /** @param host - as `URL.host` gives it */
  has(host: string): boolean {
    if (this.isNamed(host) || this.#others.has(host)) return true;
    return this.#endings.some(ending => host.endsWith(ending));
  }

  /** Whether somebody meant this very host, and not only one of a kind. */
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

/** For people whom it is told to that a host may not be asked. */
export const WHERE_HOSTS_GO =
  'in the setting callboard.catalog.hosts, or by --allow-host on the command line';

/** Hosts that a kind of forge answers on besides that of its pages, by its own rules. */
interface ApiHosts {
  /** Where a token of the forge goes. */
  readonly api: readonly string[];
  /** Where files come from that everybody may read. */
  readonly open: readonly string[];
}

/**
 * Source: `readGithubIntegrationConfig` and `readBitbucketCloudIntegrationConfig` of `@backstage/integration`.
 *
 * @param host - as addresses of repositories name it
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

/** Reads the setting `callboard.templates.integrations`, which may hold anything: kinds of forges by hosts. */
export function readForgeHosts(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(isRecord(value) ? value : {}).flatMap(([host, kind]) =>
      typeof kind === 'string' ? [[host, kind] as const] : [],
    ),
  );
}

/** Whether an address leads to this machine by its very words: nobody can listen in on the way there. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
