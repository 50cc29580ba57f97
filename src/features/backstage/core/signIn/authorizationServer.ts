import * as oauth from 'oauth4webapi';
import { isRecord, singleLine, withoutTrailing } from '../../../../base';
import { isLoopback, ALLOWED_HOSTS_HINT } from '../../../../platform/core/hosts';
import { SourceError, type SourceHttp } from '../../../sources/core';
import { fetchOver, toUserError } from './oauthRequests';

/** Validated metadata of a Backstage's authorization server; all its URLs may be requested. */
export interface AuthorizationServer {
  readonly metadata: oauth.AuthorizationServer;
  /** Whether it is this machine, by http. */
  readonly isInsecure: boolean;
}

export interface DiscoveryDeps {
  readonly http: SourceHttp;
  /** Whether the user has allowed a host in the settings, in addition to those of sources. */
  readonly isNamed: (host: string) => boolean;
}

/** Source of the client id. */
export type ClientWay =
  /** A client id from the settings, or the URL of client metadata. */
  | { readonly type: 'configured'; readonly clientId: string }
  /** Dynamic client registration. */
  | { readonly type: 'registration'; readonly endpoint: string }
  /** The client metadata that the server provides for programs on the user's machine. */
  | { readonly type: 'document'; readonly clientId: string };

/** Endpoints that receive requests or that the browser opens. */
const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'revocation_endpoint',
] as const;

/**
 * Reads the sign-in metadata of a Backstage.
 *
 * Source: `getConfiguration` of `plugins/auth-backend/src/service/OidcService.ts`. Its router has no RFC 8414
 * document in the examined versions (0.25 to 0.31), but an OpenID one.
 *
 * @param url - URL of the backend, without `/api`
 * @returns undefined if it has no metadata
 * @throws SourceError if it can't be requested or has forbidden URLs; AbortError
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
  // The issuer has another name, so its own metadata is requested, if that host is allowed.
  checkPlace('issuer', issuer, backend, deps);
  const second = await readMetadata(issuer, deps, signal);
  return second && checked(second, issuer, backend, deps);
}

/** @returns undefined if programs can't sign in */
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
    // A server that answers with a page or requires a token has no sign-in of this kind.
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
    throw toUserError(error, { host: issuer.host, secrets: [] });
  }
  for (const name of ENDPOINTS) {
    const place: unknown = metadata[name];
    if (place === undefined) continue;
    if (typeof place !== 'string' || !URL.canParse(place)) {
      throw new SourceError('invalid', `${issuer.host} has an invalid ${name}`);
    }
    checkPlace(name, new URL(place), backend, deps);
  }
  const methods: unknown = metadata.code_challenge_methods_supported;
  const isSafe = methods === undefined || (Array.isArray(methods) && methods.includes('S256'));
  if (!metadata.authorization_endpoint || !metadata.token_endpoint || !isSafe) return undefined;
  return { metadata, isInsecure: issuer.protocol === 'http:' };
}

/**
 * Checks that credentials go only to the backend that the user named and to other allowed hosts.
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
    `${backend.host} has ${shown} as its ${name}, which is not allowed for signing in`,
    {
      advice: isSecret
        ? `If ${backend.host} is the frontend, use backend.baseUrl of its app-config.yaml as the url of the source. To allow it, add ${shown.replace(/^.*:\/\//, '')} ${ALLOWED_HOSTS_HINT}.`
        : 'Its administrator must set backend.baseUrl in app-config.yaml to an https address.',
    },
  );
}
