import { base64Of } from '../../../base';

/** As git sends a user's name with a token for a password. */
export function basicAuthorization(user: string, token: string): string {
  return `Basic ${base64Of(new TextEncoder().encode(`${user}:${token}`))}`;
}

/** How a token is said to a kind of host. */
interface Forms {
  /** To its API. */
  readonly api: (token: string) => string;
  /** To its repositories, by https. */
  readonly git: (token: string) => string;
}

const bearer = (token: string): string => `Bearer ${token}`;
const as =
  (user: string) =>
  (token: string): string =>
    basicAuthorization(user, token);

/** By the kinds of integrations of a Backstage, and a Backstage itself. */
const forms: ReadonlyMap<string, Forms> = new Map<string, Forms>([
  ['github', { api: bearer, git: as('x-access-token') }],
  // GitLab takes what `PRIVATE-TOKEN` takes as a bearer's as well, and of OAuth nothing else.
  ['gitlab', { api: bearer, git: as('oauth2') }],
  ['bitbucketCloud', { api: bearer, git: as('x-token-auth') }],
  ['bitbucketServer', { api: bearer, git: bearer }],
  ['azure', { api: as(''), git: as('') }],
  ['gitea', { api: token => `token ${token}`, git: as('oauth2') }],
  ['backstage', { api: bearer, git: bearer }],
]);

const others: Forms = { api: bearer, git: as('git') };

/**
 * Value of the header `authorization`.
 *
 * @param type - of the host, as {@link RepoHosts} has it, or `backstage`; undefined where it is not known
 * @param token - or a user with a password, `user:password`, where the host takes such
 */
export function authorizationOf(
  type: string | undefined,
  token: string,
  use: 'api' | 'git' = 'api',
): string {
  const [user = '', ...password] = token.split(':');
  // Tokens of hosts have no colon in them; a Bitbucket's app passwords come with their user.
  if (password.length > 0) return basicAuthorization(user, password.join(':'));
  return (forms.get(type ?? '') ?? others)[use](token);
}
