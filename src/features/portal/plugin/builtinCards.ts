import { type EntityCard, type EntityTab, refOf } from '../../../api';
import { aboutCard, profileCard } from './cards/about';
import { docsCard, type DocsDeps } from './cards/docs';
import { inspectCards, type InspectDeps } from './cards/inspect';
import { labelsCard, linksCard } from './cards/links';
import { membersCards, ownershipCards } from './cards/ownership';
import type { CardDeps } from './cards/pieces';
import { rawCard, type RawDeps } from './cards/raw';
import {
  allRelationsCard,
  dependentsCard,
  relationCards,
  relationsGraphCards,
} from './cards/relations/relations';
import { orphanWarning, problemsCard, processingErrors, relationWarning } from './cards/warnings';

export type BuiltinCardsDeps = DocsDeps & InspectDeps & RawDeps;

/** Built-in cards of entity pages. */
export function builtinCards(deps: BuiltinCardsDeps): readonly EntityCard[] {
  const { translate } = deps;
  return [
    orphanWarning(deps),
    relationWarning(deps),
    processingErrors(deps),
    aboutCard(deps),
    profileCard(deps),
    linksCard(translate),
    labelsCard(translate),
    ...relationCards(translate),
    dependentsCard(deps),
    ...membersCards(deps),
    ...ownershipCards(deps),
    ...relationsGraphCards(deps),
    allRelationsCard(deps),
    docsCard(deps),
    problemsCard(deps),
    ...inspectCards(deps),
    rawCard(deps),
  ];
}

/** Built-in tabs of entity pages, in order. */
export function builtinTabs({ catalog, translate }: CardDeps): readonly EntityTab[] {
  return [
    { id: 'overview', title: translate('Overview'), order: 10 },
    { id: 'relations', title: translate('Relations'), order: 20 },
    { id: 'docs', title: translate('Docs'), order: 40 },
    { id: 'members', title: translate('Members and Ownership'), order: 50 },
    {
      id: 'problems',
      title: translate('Problems'),
      order: 80,
      badgeFor: entity => catalog.getProblems({ entityRef: refOf(entity) }).length,
    },
    { id: 'inspect', title: translate('Inspect'), order: 85 },
    { id: 'raw', title: translate('Raw'), order: 90 },
  ];
}
