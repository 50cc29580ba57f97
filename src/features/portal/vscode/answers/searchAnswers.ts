import type { LinkTarget } from '../../../../api';
import type { SearchPages, SearchPageView } from '../../../search/core/pages';
import { answersOf, type RequestAnswer } from './requestAnswer';

export interface SearchAnswersDeps {
  readonly searchPages: () => Promise<SearchPages>;
  /** Is told of the places that a page comes to know. */
  readonly allow: (targets: Iterable<LinkTarget>) => void;
}

/** What the page that searches everything asks for. */
export function searchAnswers({ searchPages, allow }: SearchAnswersDeps): readonly RequestAnswer[] {
  return answersOf({
    getSearchPage: async (request, signal) => {
      // For who is told that it failed.
      allow(
        ['callboard.showLog', 'callboard.search.rebuild'].map(command => ({
          type: 'command',
          command,
        })),
      );
      const view = await (await searchPages()).getPage(request, signal);
      allow(targetsOf(view));
      return view;
    },
    getSearchElsewhere: async (request, signal) => {
      const view = await (await searchPages()).getElsewhere(request, signal);
      allow(targetsOf(view));
      return view;
    },
    locateSearchResult: async (request, signal) => {
      const location = await (await searchPages()).locate(request.placeKey, signal);
      if (location) allow([{ type: 'source', ...location }]);
      return location ? { location } : {};
    },
    completeSearch: async (request, signal) => (await searchPages()).complete(request, signal),
    toggleSearchFilter: async request => (await searchPages()).toggleFilter(request),
    addRecentSearch: async ({ query }) => (await searchPages()).add(query),
    forgetRecentSearch: async ({ query }) => (await searchPages()).forget(query),
    saveSearch: async ({ query, isSaved }) => (await searchPages()).setSaved(query, isSaved),
  });
}

function targetsOf({ results }: Pick<SearchPageView, 'results'>): readonly LinkTarget[] {
  return results.flatMap(({ target, file }): LinkTarget[] =>
    file ? [target, { type: 'source', ...file }] : [target],
  );
}
