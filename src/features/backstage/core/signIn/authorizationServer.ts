import * as oauth from 'oauth4webapi';
import { isRecord, singleLine, withoutTrailing } from '../../../../base';
import { isLoopback, WHERE_HOSTS_GO } from '../../../../platform/core/hosts';
import { SourceError, type SourceHttp } from '../../../sources/core';
import { fetchOver, toldError } from './oauthRequests';

/** What a Backstage says of how to sign in to it, checked: nothing in it leads where nobody may be asked. */
export interface AuthorizationServer {
  readonly metadata: oauth.AuthorizationServer;
  /** Whether it is this machine, by http. */
  readonly isInsecure: boolean;
}

export interface DiscoveryDeps {
  readonly http: SourceHttp;
  /** Whether the user has named a host in the settings, besides those of sources. */
  readonly isNamed: (host: string) => boolean;
}

/** The way to a name that the server knows who asks by. */
export type ClientWay =
  /** One that the server's configuration has, or an address that it is described at. */
  | { readonly type: 'configured'; readonly clientId: string }
  /** The server gives one to whoever asks. */
  | { readonly type: 'registration'; readonly endpoint: string }
  /** The one that the server itself describes, for programs on the user's machine. */
  | { readonly type: 'document'; readonly clientId: string };

/** Those that are asked, or that a browser is sent to. */
const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'revocation_endpoint',
] as const;

/**
 * Asks a Backstage how to sign in to it.
 *
 * Source: `getConfiguration` of `plugins/auth-backend/src/service/OidcService.ts`; its router has no document of RFC 8414,
 * in any version that was looked at (0.25 to 0.31), but that of OpenID.
 *
 * @param url - of the backend, without `/api`
 * @returns undefined where it says nothing of it
 * @throws SourceError where it cannot be asked, or leads where nobody may be asked; AbortError
 */
export async function discover(
  url: string,
  deps: DiscoveryDeps,
  signal: AbortSignal,
): Promise<AuthorizationServer | undefined> {
  const backend = new URL(url);
  const expected = new URL(`${withoutTrailing(url, '/')}/api/auth`);
  const first = await readMetadata(expected, deps, signal);
  if (!first) return undefined;
  const issuer = issuerOf(first.value);
  if (!issuer) return undefined;
  if (issuer.href === expected.href) return checked(first, expected, backend, deps);
  // It goes by another name, which it alone can tell of: so it is asked there, where that may be asked.
  checkPlace('issuer', issuer, backend, deps);
  const second = await readMetadata(issuer, deps, signal);
  return second && checked(second, issuer, backend, deps);
}

/** @returns undefined where a program cannot sign in to it */
export function clientWayOf(
  { metadata }: AuthorizationServer,
  clientId: string | undefined,
): ClientWay | undefined {
  if (clientId !== undefined) return { type: 'configured', clientId };
  const { registration_endpoint: endpoint } = metadata;
  if (endpoint !== undefined) return { type: 'registration', endpoint };
  if (metadata['client_id_metadata_document_supported'] !== true) return undefined;
  const path = '/.well-known/oauth-client/cli.json';
  return { type: 'document', clientId: `${withoutTrailing(metadata.issuer, '/')}${path}` };
}

interface Metadata {
  readonly response: Response;
  readonly value: unknown;
}

async function readMetadata(
  issuer: URL,
  { http }: DiscoveryDeps,
  signal: AbortSignal,
): Promise<Metadata | undefined> {
  try {
    const response = await oauth.discoveryRequest(issuer, {
      [oauth.customFetch]: fetchOver(http),
      [oauth.allowInsecureRequests]: issuer.protocol === 'http:',
      signal,
    });
    if (response.status !== 200) return undefined;
    const value: unknown = await response.clone().json();
    return { response, value };
  } catch (error) {
    signal.throwIfAborted();
    // What answers with a page has no sign-in of this kind, and so has what asks for a token.
    const isNone =
      error instanceof SyntaxError ||
      (error instanceof SourceError &&
        ['missing', 'invalid', 'unauthorized'].includes(error.failure));
    if (isNone) return undefined;
    throw error;
  }
}

function issuerOf(value: unknown): URL | undefined {
  const issuer = isRecord(value) ? value['issuer'] : undefined;
  return typeof issuer === 'string' && URL.canParse(issuer) ? new URL(issuer) : undefined;
}

/** @throws SourceError */
async function checked(
  { response }: Metadata,
  issuer: URL,
  backend: URL,
  deps: DiscoveryDeps,
): Promise<AuthorizationServer | undefined> {
  let metadata: oauth.AuthorizationServer;
  try {
    metadata = await oauth.processDiscoveryResponse(issuer, response);
  } catch (error) {
    throw toldError(error, { host: issuer.host, secrets: [] });
  }
  for (const name of ENDPOINTS) {
    const place: unknown = metadata[name];
    if (place === undefined) continue;
    if (typeof place !== 'string' || !URL.canParse(place)) {
      throw new SourceError('invalid', `${issuer.host} names no address as its ${name}`);
    }
    checkPlace(name, new URL(place), backend, deps);
  }
  const methods: unknown = metadata.code_challenge_methods_supported;
  const isSafe = methods === undefined || (Array.isArray(methods) && methods.includes('S256'));
  if (!metadata.authorization_endpoint || !metadata.token_endpoint || !isSafe) return undefined;
  return { metadata, isInsecure: issuer.protocol === 'http:' };
}

/**
 * What lets the user in goes to the backend that the user named, and to hosts that are named besides.
 *
 * @throws SourceError
 */
function checkPlace(name: string, place: URL, backend: URL, { isNamed }: DiscoveryDeps): void {
  const { protocol, host, origin, username, password } = place;
  const isOwn = origin === backend.origin;
  const isSecret = protocol === 'https:' || (protocol === 'http:' && isLoopback(place));
  const isClean = username === '' && password === '' && place.hash === '';
  if (isSecret && isClean && (isOwn || isNamed(host))) return;
  const shown = singleLine(`${protocol}//${host}`, 300);
  throw new SourceError(
    'refused',
    `${backend.host} names ${shown} as its ${name}: nobody signs in there for ${backend.host}`,
    {
      advice: isSecret
        ? `Where ${backend.host} is that of the page and not of the backend, write backend.baseUrl of its app-config.yaml as the url of the source. Where it should be so, name ${shown.replace(/^.*:\/\//, '')} ${WHERE_HOSTS_GO}.`
        : 'Whoever runs it has to set backend.baseUrl of its app-config.yaml to an address of https.',
    },
  );
}
