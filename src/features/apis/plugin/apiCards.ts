import type { CardContent, EntityCard, EntityTab } from '../../../api';
import type { Translate } from '../../../base';
import { refOf } from '../../../model/presentation';
import { isDefined } from './definitions/openApis';

/** What the cards show; it is large, and loaded when the first of them is. */
export interface ApiContents {
  outline(
    ref: string,
    options: {
      readonly signal: AbortSignal;
      /** Path of an operation in the tree, which is shown opened. */
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

/** What an API can do, and its definition as it is written. */
export function apiCards({ translate, loadContents }: ApiPageDeps): readonly EntityCard[] {
  return [
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
