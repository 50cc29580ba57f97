import {
  type CardContent,
  type EntityCard,
  type EntityTab,
  refOf,
  relationTargets,
  type Translate,
} from '../../../api';
import { isDefined } from './definitions/openApis';

/** The content of the cards, which is loaded on demand, because it is large. */
export interface ApiContents {
  outline(
    ref: string,
    options: {
      readonly signal: AbortSignal;
      /** Path of an operation in the tree to expand. */
      readonly anchor?: string | undefined;
    },
  ): Promise<CardContent | undefined>;
  definition(ref: string, signal: AbortSignal): Promise<CardContent | undefined>;
}

export interface ApiPageDeps {
  readonly translate: Translate;
  readonly loadContents: () => Promise<ApiContents>;
}

export function apiTab({ translate }: Pick<ApiPageDeps, 'translate'>): EntityTab {
  return { id: 'api', title: translate('API'), order: 15, isShownFor: isDefined };
}

/** Returns the cards with an API's operations and with its definition as text. */
export function apiCards({ translate, loadContents }: ApiPageDeps): readonly EntityCard[] {
  return [
    {
      id: 'apis.providers',
      tab: 'api',
      title: translate('Providers'),
      icon: 'symbol-interface',
      order: 5,
      isShownFor: isDefined,
      load: entity => ({
        type: 'entities',
        entityRefs: relationTargets(entity, 'apiProvidedBy'),
        columns: ['type', 'owner'],
        empty: translate('No component provides this API.'),
      }),
    },
    {
      id: 'apis.consumers',
      tab: 'api',
      title: translate('Consumers'),
      icon: 'plug',
      order: 6,
      isShownFor: isDefined,
      load: entity => ({
        type: 'entities',
        entityRefs: relationTargets(entity, 'apiConsumedBy'),
        columns: ['type', 'owner'],
        empty: translate('No component consumes this API.'),
      }),
    },
    {
      id: 'apis.outline',
      tab: 'api',
      title: translate('API'),
      icon: 'symbol-interface',
      width: 'full',
      order: 10,
      isShownFor: isDefined,
      load: async (entity, options) => (await loadContents()).outline(refOf(entity), options),
    },
    {
      id: 'apis.definition',
      tab: 'api',
      title: translate('Definition'),
      icon: 'code',
      width: 'full',
      order: 20,
      isShownFor: ({ kind, spec }) =>
        kind.toLowerCase() === 'api' && typeof spec?.['definition'] === 'string',
      load: async (entity, { signal }) => (await loadContents()).definition(refOf(entity), signal),
    },
  ];
}
