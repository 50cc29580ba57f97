import { normalizePath, ownValue } from '../../../base';
import { isHostPattern } from '../../../platform/core/hosts';
import { configAt, configItems, type ConfigNode, configText } from './configNode';

/** Hosts with default integrations, and their kinds. */
const DEFAULT_HOSTS: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['bitbucket.org', 'bitbucketCloud'],
  ['dev.azure.com', 'azure'],
]);

/** Integrations whose hosts needn't be configured. */
const STORAGE_HOSTS: Readonly<Record<string, RegExp>> = {
  awsS3: /(?:^|\.)amazonaws\.com$/,
  googleGcs: /^storage\.cloud\.google\.com$/,
  azureBlobStorage: /\.blob\.core\.windows\.net$/,
};

/** An integration of a config. */
export interface IntegrationEntry {
  /** Kind of forge: `github`, `gitlab`, … */
  readonly kind: string;
  readonly host: string;
  readonly entry: ConfigNode;
}

/**
 * Returns integrations with a host, in the order of the config. A kind with a default host may omit it.
 *
 * @param integrations - the value of `integrations`
 */
export function integrationEntries(
  integrations: ConfigNode | undefined,
): readonly IntegrationEntry[] {
  const kinds = integrations?.type === 'map' ? [...integrations.entries] : [];
  return kinds.flatMap(([kind, entries]) =>
    configItems(entries).flatMap(entry => {
      const own = [...DEFAULT_HOSTS].find(([, known]) => known === kind)?.[0];
      const host = configText(configAt(entry, 'host')) ?? own;
      return host === undefined ? [] : { kind, host, entry };
    }),
  );
}

/** Returns forge kinds by configured host. The first kind of a host counts. */
export function configuredHosts(config: ConfigNode | undefined): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const { host, kind } of integrationEntries(configAt(config, 'integrations'))) {
    if (!hosts.has(host)) hosts.set(host, kind);
  }
  return hosts;
}

/** Returns forge kinds by host, including default ones. Source: `ScmIntegrations.fromConfig`. */
export function integrationHosts(config: ConfigNode | undefined): ReadonlyMap<string, string> {
  return new Map([...DEFAULT_HOSTS, ...configuredHosts(config)]);
}

/**
 * Returns a function that tests whether a server with this config would read a URL: its host has an integration or
 * is in `backend.reading.allow`. Source: `UrlReaders` of `packages/backend-defaults`.
 */
export function readableHosts(config: ConfigNode | undefined): (url: string) => boolean {
  const integrations = configAt(config, 'integrations');
  const hosts = integrationHosts(config);
  const patterns =
    integrations?.type === 'map'
      ? [...integrations.entries].flatMap(([name]) => ownValue(STORAGE_HOSTS, name) ?? [])
      : [];
  const allowed = configItems(configAt(config, 'backend.reading.allow')).map(allowedByEntry);
  return url => {
    let parsed: URL;
    try {
      parsed = new URL(url);
    } catch {
      // Not a URL: a Backstage reads nothing there.
      return false;
    }
    const { host } = parsed;
    return (
      hosts.has(host) ||
      patterns.some(pattern => pattern.test(host)) ||
      allowed.some(isAllowed => isAllowed(parsed))
    );
  };
}

/** Returns hosts and host suffixes of `backend.reading.allow`. */
export function allowedHosts(config: ConfigNode | undefined): readonly string[] {
  return configItems(configAt(config, 'backend.reading.allow')).flatMap(entry => {
    const host = configText(configAt(entry, 'host')) ?? '';
    return isHostPattern(host) ? host : [];
  });
}

/** Source: `predicateFromConfig` of FetchUrlReader. */
function allowedByEntry(entry: ConfigNode): (url: URL) => boolean {
  const [hostname = '', port] = (configText(configAt(entry, 'host')) ?? '').split(':');
  const written = configAt(entry, 'paths');
  const paths = configItems(written).flatMap(path => configText(path) ?? []);
  const isHost = (url: URL): boolean =>
    hostname.startsWith('*.')
      ? url.hostname.endsWith(hostname.slice(1))
      : url.hostname === hostname;
  return url =>
    isHost(url) &&
    isPort(url, port) &&
    (!written || paths.some(path => isAtOrBelow(normalizePath(url.pathname), path)));
}

/** Whether a URL has a port, or one in a range such as `8000-8099`. */
function isPort(url: URL, wanted: string | undefined): boolean {
  if (!wanted) return !url.port;
  const standard = url.protocol === 'https:' ? 443 : url.protocol === 'http:' ? 80 : NaN;
  const port = url.port ? Number(url.port) : standard;
  const [from = '', to = from] = wanted.split('-');
  return port >= Number(from) && port <= Number(to);
}

function isAtOrBelow(path: string, allowed: string): boolean {
  return path === allowed || path.startsWith(allowed.endsWith('/') ? allowed : `${allowed}/`);
}
