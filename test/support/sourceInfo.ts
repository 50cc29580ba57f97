import type { CatalogSourceFailure, CatalogSourceInfo } from '../../src/api';

/** Information about a source: by default, a git repository without errors. */
export function aSource(info: Partial<CatalogSourceInfo> = {}): CatalogSourceInfo {
  return {
    id: 'acme',
    name: 'Acme',
    type: 'git',
    url: 'https://git.example/acme.git',
    color: undefined,
    isFetching: false,
    progress: undefined,
    fetchedAt: 0,
    account: undefined,
    entities: 3,
    notAllowed: [],
    allow: ['*', '!User', '!Group', '!Template'],
    part: undefined,
    failure: undefined,
    ...info,
  };
}

export function aSourceFailure(failure: Partial<CatalogSourceFailure> = {}): CatalogSourceFailure {
  return {
    message: 'git.example cannot be reached',
    advice: 'Check the network.',
    needsToken: false,
    canSignIn: false,
    since: 1000,
    retryAt: undefined,
    ...failure,
  };
}
