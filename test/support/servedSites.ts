import type {
  BackstageInstance,
  BackstageInstances,
  CatalogSourceInfo,
  InstanceDocs,
  InstanceSearch,
} from '../../src/api';
import { aSource } from './sourceInfo';

export interface ServedSites {
  readonly instances: BackstageInstances;
  /**
   * Files by full ref and path: `component:default/shop guides/setup/index.html`. `site_name` is the name of the site.
   */
  readonly files: Map<string, string>;
  /** Requested files, in the same form. */
  readonly requests: string[];
  /** The reason for showing a copy of the time 0; undefined: the docs are current. */
  failure: string | undefined;
  /** The result of a build. */
  build: InstanceDocs['build'];
}

export const SERVER = 'https://backstage.example.com';

/** A Backstage, `acme`, that serves files as docs. */
export function servedSites(
  files: Readonly<Record<string, string>>,
  search: InstanceSearch['query'] = async () => undefined,
  source: Partial<CatalogSourceInfo> = {},
): ServedSites {
  const sites: ServedSites = {
    files: new Map(Object.entries(files)),
    requests: [],
    failure: undefined,
    build: async () => false,
    instances: {
      getInstances: async () => [instance],
      getInstance: async id => (id === 'acme' ? instance : undefined),
    },
  };
  const docs: InstanceDocs = {
    async read(entityRef, path, { signal }) {
      signal.throwIfAborted();
      const file = `${entityRef} ${path}`;
      sites.requests.push(file);
      const text = sites.files.get(file);
      if (text === undefined) return undefined;
      const { failure } = sites;
      return { content: new TextEncoder().encode(text), fetchedAt: failure ? 0 : 1, failure };
    },
    async getMetadata(entityRef) {
      const siteName = sites.files.get(`${entityRef} site_name`);
      if (siteName === undefined) return undefined;
      return { siteName, siteDescription: undefined, builtAt: 86_400_000 };
    },
    build: (...request) => sites.build(...request),
  };
  const nothing = (): never => {
    throw new Error('Nothing but docs is served.');
  };
  const instance: BackstageInstance = {
    source: aSource({ id: 'acme', type: 'backstage', url: SERVER, ...source }),
    urlOf: location => new URL(location, SERVER).href,
    docs,
    search: { query: search },
    get catalog() {
      return nothing();
    },
    get templates() {
      return nothing();
    },
  };
  return sites;
}
