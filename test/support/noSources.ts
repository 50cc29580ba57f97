import type { CatalogSourcesService } from '../../src/api';

/** Sources of a catalog without sources. */
export const noSources: CatalogSourcesService = {
  onDidChange: () => ({ dispose: () => {} }),
  getSources: () => [],
  getSettingProblems: () => [],
  fetchEntity: async () => false,
  findEntities: async () => {},
  getSourceOf: () => undefined,
  getOriginOf: () => ({ from: undefined, alsoIn: [] }),
  getPlaceOf: () => undefined,
  findAddresses: async () => new Map(),
  refresh: async () => {},
  remove: async () => {},
  forget: async () => {},
  cancelFetch: async () => {},
  check: async () => [],
  add: async () => {},
  setAllowedKinds: async () => {},
  setToken: async () => {},
  removeToken: async () => undefined,
  signIn: async () => {},
  signOut: async () => undefined,
};
