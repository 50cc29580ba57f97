import type { InstanceSearch } from '../../../../api';
import { type AskedBackstage, SourceError } from '../../../sources/core';
import { readSearchPage } from './searchAnswers';

/** As many as a server takes, unless it is told otherwise. */
const MAX_TERM = 100;
const MAX_LIMIT = 100;
/** In bytes: documents come with all of their text. */
const MAX_PAGE = 32 * 1024 * 1024;

/** The search of an instance, as plugins ask it. */
export function createInstanceSearch(session: AskedBackstage): InstanceSearch {
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
      throw new SourceError('invalid', 'The answer is not what the search of a Backstage gives.', {
        advice: 'Its version may be one that Callboard does not know.',
      });
    },
  };
}
