import { type ForgeUrl, parseAzureAddress, parseForgeUrl } from './forgeUrl';
import type { ScmIntegrations } from './scmIntegrations';

/** Kinds of forges whose addresses say for certain whether they name a file. */
const RELIABLE: ReadonlySet<string> = new Set(['github', 'gitlab', 'bitbucketCloud']);

/**
 * Whether a file may read what stands at an address: on forges only what is in the repository of the file, as the server
 * reads it with a token that may see more than the author of the file.
 *
 * Source: `assertSameRepository` of PlaceholderProcessor in `plugins/catalog-backend`.
 *
 * @param base - the file's own address
 */
export function isSameRepository(
  address: string,
  base: string,
  integrations: ScmIntegrations,
): boolean {
  const [to, from] = [urlOf(address), urlOf(base)];
  const type = integrations.typeOf(address);
  if (to && from && type !== undefined && to.host !== from.host) return false;
  if (!from || !/^https?:$/.test(from.protocol)) return true;
  if (type === 'azure') return isSameAzureRepository(to, from);
  const [resolved, own] = [addressOf(address), addressOf(base)];
  if (!resolved || !own) return true;
  if (isDisguised(resolved) || isDisguised(own)) return false;
  if (!resolved.owner || !resolved.name || !own.owner || !own.name) return true;
  const isNoFile = RELIABLE.has(type ?? '')
    ? !resolved.path && !own.path
    : !resolved.path || !own.path;
  if (isNoFile) return true;
  const isSameHost = resolved.resource === own.resource;
  if (type === undefined && !isSameHost) return true;
  return isSameHost && resolved.fullName === own.fullName;
}

function urlOf(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

function addressOf(address: string): ForgeUrl | undefined {
  try {
    return parseForgeUrl(address);
  } catch {
    return undefined;
  }
}

/** Names that a forge would read differently. */
function isDisguised({ owner, name }: ForgeUrl): boolean {
  return [owner, name].some(part => part.includes('%') || part.split('/').includes('..'));
}

function isSameAzureRepository(to: URL | undefined, from: URL): boolean {
  const [a, b] = [to && azureRepository(to), azureRepository(from)];
  return a !== undefined && a === b;
}

function azureRepository(url: URL): string | undefined {
  try {
    const { project, name } = parseAzureAddress(url);
    return [url.host, ...project, name].map(part => encodeURIComponent(part)).join('/');
  } catch {
    return undefined;
  }
}
