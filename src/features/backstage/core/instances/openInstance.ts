import type {
  BackstageInstance,
  CatalogSourceInfo,
  InstanceCatalog,
  InstanceSearch,
} from '../../../../api';
import { lazyService, type Logger, onDemand } from '../../../../base';
import type { Clock } from '../../../../platform/core/ports';
import { type BackstageConnection, SourceError } from '../../../sources/core';
import { BackstageClient } from '..';
import { createInstanceDocs } from './instanceDocs';
import type { FileCache } from './fileCache';
import { readSearchPage } from './searchAnswers';

export interface InstanceDeps {
  readonly session: BackstageConnection;
  /** Returns the current state of the source. */
  readonly source: () => CatalogSourceInfo;
  /** Cache of docs; undefined if nothing can be stored. */
  readonly keptDocs: FileCache | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Opens the APIs of a Backstage that is a source. */
export function openInstance(deps: InstanceDeps): BackstageInstance {
  const { session, source, keptDocs: kept, clock, logger } = deps;
  const catalog = createInstanceCatalog(session);
  const docs = createInstanceDocs({ session, source, kept, clock, logger });
  const search = createInstanceSearch(session);
  const templates = lazyService(
    onDemand(async () => {
      const { createInstanceTemplates } = await import('./templates/instanceTemplates');
      return createInstanceTemplates({ session, clock });
    }),
  );
  return {
    get source() {
      return source();
    },
    urlOf: location => pageOf(location, source().url),
    catalog,
    docs,
    search,
    templates,
  };
}

/** Returns undefined for URLs on other hosts and for scripts. */
function pageOf(location: string, url: string): string | undefined {
  if (!URL.canParse(location, url)) return undefined;
  const page = new URL(location, url);
  return page.origin === new URL(url).origin ? page.href : undefined;
}

/** Catalog API of an instance, for plugins. */
function createInstanceCatalog(session: BackstageConnection): InstanceCatalog {
  const client = new BackstageClient(session);
  return {
    async getEntity(ref, options) {
      return (await client.entity(ref, options))?.entity;
    },

    existing: (refs, options) => client.existing(refs, options),

    validate: (entity, location, options) => client.validate(entity, location, options),

    async validateText(text, location, options) {
      const { validateText } = await import('./validateText');
      return validateText(text, {
        validate: entity => client.validate(entity, location, options),
      });
    },

    analyze: (url, options) => client.analyze(url, options),

    register: (url, { isTrial, ...options }) => client.register(url, { ...options, isTrial }),

    locationOf: (ref, options) => client.locationOf(ref, options),

    entitiesOfLocation: (location, options) => client.entitiesOfLocation(location, options),

    unregister: (location, options) => client.unregister(location, options),

    deleteEntity: (uid, options) => client.deleteEntity(uid, options),

    refresh: (ref, options) => client.refresh(ref, options),
  };
}

/** Default limits of servers. */
const MAX_TERM = 100;
const MAX_LIMIT = 100;
/** Maximum bytes of a page: documents contain all their text. */
const MAX_PAGE = 32 * 1024 * 1024;

/** Search API of an instance, for plugins. */
function createInstanceSearch(session: BackstageConnection): InstanceSearch {
  return {
    async query({ term, types = [], filters = {}, limit, cursor }, options) {
      const { status, value } = await session.ask({
        ...options,
        path: '/api/search/query',
        query: [
          ['term', [...term].slice(0, MAX_TERM).join('')],
          ...types.map((type, at) => [`types[${at}]`, type] as const),
          ...Object.entries(filters).map(([name, text]) => [`filters[${name}]`, text] as const),
          ['pageLimit', String(Math.min(Math.max(limit, 1), MAX_LIMIT))],
          ...(cursor === undefined ? [] : [['pageCursor', cursor] as const]),
        ],
        maxSize: MAX_PAGE,
        answers: [404],
      });
      if (status === 404) return undefined;
      const page = readSearchPage(value);
      if (page) return page;
      throw new SourceError('invalid', 'The answer is not from a Backstage search.', {
        advice: 'Callboard may not support its version.',
      });
    },
  };
}
