import { expect, it } from 'vitest';
import { authorizationOf } from '../../../../../src/platform/core/hosts';

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

it.each([
  ['github', 't', 'Bearer t', basic('x-access-token:t')],
  ['gitlab', 't', 'Bearer t', basic('oauth2:t')],
  ['bitbucketCloud', 't', 'Bearer t', basic('x-token-auth:t')],
  ['bitbucketCloud', 'me:p:ü', basic('me:p:ü'), basic('me:p:ü')],
  ['bitbucketServer', 't', 'Bearer t', 'Bearer t'],
  ['azure', 't', basic(':t'), basic(':t')],
  ['gitea', 't', 'token t', basic('oauth2:t')],
  ['backstage', 't', 'Bearer t', 'Bearer t'],
  [undefined, 't', 'Bearer t', basic('git:t')],
])('for %s, writes %s as %s, and for git as %s', (type, token, api, git) => {
  expect([authorizationOf(type, token), authorizationOf(type, token, 'git')]).toEqual([api, git]);
});
