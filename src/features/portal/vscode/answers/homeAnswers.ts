import type { EntitySearchService, LinkTarget } from '../../../../api';
import { glanceAt, type GlanceDeps, glancesInSlices } from '../../../catalog/core/glances';
import { type HomePage, type ShownCards } from '../../core';
import { targetsOf } from './entityAnswers';
import { answersOf, type RequestAnswer } from './requestAnswer';

export interface HomeAnswersDeps extends GlanceDeps {
  readonly home: HomePage;
  readonly entitySearch: EntitySearchService;
  /** Is told of the places that a page comes to know. */
  readonly allow: (targets: Iterable<LinkTarget>) => void;
  readonly shownCards: ShownCards;
}

/** What the home page asks for, every box that finds entities, and every long list of them. */
export function homeAnswers({
  home,
  entitySearch,
  allow,
  shownCards,
  ...deps
}: HomeAnswersDeps): readonly RequestAnswer[] {
  return answersOf({
    getHome: (_, signal) => {
      const page = home.getPage(signal, cards => shownCards.show(cards));
      allow(page.cards.flatMap(targetsOf));
      return page;
    },
    getHomeCard: async (request, signal) => {
      const answer = await home.getCard(request, signal);
      if (answer.card) allow(targetsOf(answer.card));
      return answer;
    },
    arrangeHome: arrangement => home.arrange(arrangement),
    getGlances: ({ entityRefs }, signal) => glancesInSlices(entityRefs, deps, signal),
    search: async ({ text, limit }, signal) => {
      const options = { query: text, limit, preferred: deps.starred.all() };
      let refs = await entitySearch.find(options, signal);
      // In large catalogs, titles and owners are known a while after names.
      if (refs && refs.length < limit && !entitySearch.isComplete) {
        await entitySearch.complete(signal);
        refs = await entitySearch.find(options, signal);
      }
      return (refs ?? []).map(ref => glanceAt(ref, deps));
    },
  });
}
