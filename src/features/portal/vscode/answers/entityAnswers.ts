import type { EntitySource, LinkTarget, StarredEntitiesService } from '../../../../api';
import { collectParts, noParts } from '../../../catalog/core/glances';
import { type CardView, type EntityPages, type ShownCards } from '../../core';
import { answersOf, type RequestAnswer } from './requestAnswer';

export interface EntityAnswersDeps {
  readonly pages: EntityPages;
  readonly starred: StarredEntitiesService;
  /** Is told of the places that a page comes to know. */
  readonly allow: (targets: Iterable<LinkTarget>) => void;
  readonly shownCards: ShownCards;
}

/** What the pages of entities ask for. */
export function entityAnswers({
  pages,
  starred,
  allow,
  shownCards,
}: EntityAnswersDeps): readonly RequestAnswer[] {
  return answersOf({
    getEntityPage: (request, signal) => {
      const page = pages.getPage(request, signal, cards => shownCards.show(cards));
      const sources = page.failed.map(({ source }) => source);
      allow([page.source, ...sources].flatMap(source => (source ? [sourceTarget(source)] : [])));
      allow([actionsTarget(page.entityRef)]);
      allow(page.cards.flatMap(targetsOf));
      return page;
    },
    bringEntity: (request, signal) => pages.bring(request, signal),
    getEntityCard: async (request, signal) => {
      const answer = await pages.getCard(request, signal);
      if (answer.card) allow(targetsOf(answer.card));
      return answer;
    },
    setStarred: ({ entityRef, isStarred }) => starred.set(entityRef, isStarred),
  });
}

/** All places that a card leads to. */
export function targetsOf({ content, actions }: CardView): readonly LinkTarget[] {
  const parts = noParts();
  if (content) collectParts(content, parts);
  return [...parts.targets, ...actions.map(({ target }) => target)];
}

/** The menu of an entity's page. */
function actionsTarget(entityRef: string): LinkTarget {
  return { type: 'command', command: 'callboard.entity.actions', arguments: [entityRef] };
}

function sourceTarget({ file, nameRange }: EntitySource): LinkTarget {
  return { type: 'source', file, range: nameRange };
}
