import type { SourceEntity } from '../../../../../api';
import { type Translate } from '../../../../../base';
import { withoutIcons } from '../../../../../platform/core';

/** What a source has to say of what is typed. */
export interface FoundElsewhere {
  /** For people. */
  readonly source: string;
  /** What the catalog does not have, the likeliest first. */
  readonly entities: readonly SourceEntity[];
  /** Whether there may be more than these. */
  readonly hasMore: boolean;
  /** Why there is nothing, as a sentence. */
  readonly failure: string | undefined;
}

/** What stands in a row of what is on other machines; without icons in its texts, which come from there. */
export type ElsewhereRow = { readonly label: string; readonly description?: string } & (
  | { readonly type: 'heading' | 'failure' }
  /** An entity that is to be brought; its full ref. */
  | { readonly type: 'entity'; readonly ref: string }
);

/** What sources have found, each under its name, with a line where it fails. */
export function elsewhereRows({
  found,
  unknownRef,
  translate,
}: {
  readonly found: readonly FoundElsewhere[];
  /** That may be asked for as it is. */
  readonly unknownRef: string | undefined;
  readonly translate: Translate;
}): readonly ElsewhereRow[] {
  const rows = found.flatMap(({ source, entities, hasMore, failure }): readonly ElsewhereRow[] => {
    if (failure !== undefined) {
      const label = translate('{0} could not be searched', source);
      return [{ type: 'failure', label: withoutIcons(label), description: withoutIcons(failure) }];
    }
    if (!entities.length) return [];
    return [
      { type: 'heading', label: translate('on {0}', source) },
      ...entities.map(({ ref, title, name, type }): ElsewhereRow => ({
        type: 'entity',
        ref,
        label: withoutIcons(title ?? name),
        description: withoutIcons([ref, type, source].filter(Boolean).join(' · ')),
      })),
      ...(hasMore ? [{ type: 'heading', label: translate('type to see others') } as const] : []),
    ];
  });
  if (unknownRef === undefined) return rows;
  const label = withoutIcons(translate('Look for {0}', unknownRef));
  const description = translate('in the Backstages that are sources');
  return [...rows, { type: 'entity', ref: unknownRef, label, description }];
}
