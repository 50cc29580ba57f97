/** A name with a port or without, or `*.` and the end of one. */
const HOST = /^(?:\*\.)?(?:\[[\da-f:.]+\]|[^\s*/:@[\]]+)(?::\d+)?$/i;

/** Whether a text is what {@link AllowedHosts} takes: anything else would allow nothing. */
export function isHostPattern(text: string): boolean {
  return HOST.test(text.trim());
}

/** The hosts that somebody has said may be asked. */
export class AllowedHosts {
  readonly #named: ReadonlySet<string>;
  /** What names of hosts may end with, a dot included. */
  readonly #endings: readonly string[];

  /** @param hosts - names, with a port where it is not that of https; `*.acme.org` for all below that */
  constructor(hosts: readonly string[]) {
    const written = hosts.map(host => host.trim().toLowerCase()).filter(host => host !== '');
    this.#named = new Set(written.filter(host => !host.startsWith('*')));
    this.#endings = written.flatMap(host => (host.startsWith('*.') ? [host.slice(1)] : []));
  }

  /** @param host - as `URL.host` gives it */
  has(host: string): boolean {
    return this.isNamed(host) || this.#endings.some(ending => host.endsWith(ending));
  }

  /** Whether somebody meant this very host, and not only one of a kind. */
  isNamed(host: string): boolean {
    return this.#named.has(host);
  }
}

/** For people whom it is told to that a host may not be asked. */
export const WHERE_HOSTS_GO =
  'in the setting callboard.catalog.hosts, or by --allow-host on the command line';
