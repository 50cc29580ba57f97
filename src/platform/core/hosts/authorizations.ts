import { base64Of } from '../../../base';

/** Returns a Basic authorization header, as git sends a user name with a token as password. */
export function basicAuthorization(user: string, token: string): string {
  return `Basic ${base64Of(new TextEncoder().encode(`${user}:${token}`))}`;
}

/** The authorization headers of a type of host. */
interface Forms {
  /** The header for its API. */
  readonly api: (token: string) => string;
  /** The header for its repositories over https. */
  readonly git: (token: string) => string;
}

const bearer = (token: string): string => `Bearer ${token}`;
const as =
  (user: string) =>
  (token: string): string =>
    basicAuthorization(user, token);

/** Headers by type of Backstage integration, and for a Backstage itself. */
const forms: ReadonlyMap<string, Forms> = new Map<string, Forms>([
  ['github', { api: bearer, git: as('x-access-token') }],
  // GitLab accepts personal tokens as bearer tokens too; OAuth tokens work only that way.
  ['gitlab', { api: bearer, git: as('oauth2') }],
  ['bitbucketCloud', { api: bearer, git: as('x-token-auth') }],
  ['bitbucketServer', { api: bearer, git: bearer }],
  ['azure', { api: as(''), git: as('') }],
  ['gitea', { api: token => `token ${token}`, git: as('oauth2') }],
  ['backstage', { api: bearer, git: bearer }],
]);

const others: Forms = { api: bearer, git: as('git') };

/**
 * Returns the value of the `authorization` header.
 *
 * @param type - of the host, as in {@link RepoHosts}, or `backstage`; undefined where it is unknown
 * @param token - or `user:password`, where the host accepts that
 */
export function authorizationOf(
  type: string | undefined,
  token: string,
  use: 'api' | 'git' = 'api',
): string {
  const [user = '', ...password] = token.split(':');
  // Tokens have no colon; Bitbucket's app passwords come with a user name.
  if (password.length > 0) return basicAuthorization(user, password.join(':'));
  return (forms.get(type ?? '') ?? others)[use](token);
}
