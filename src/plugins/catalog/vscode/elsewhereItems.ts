import * as vscode from 'vscode';
import { withoutIcons } from '../../../base';
import type { EntitiesElsewhere } from '..';

/** A row of an entity that the catalog does not have, or that says something of those. */
export interface ElsewhereItem extends vscode.QuickPickItem {
  /** Of an entity that is to be brought. */
  readonly elsewhereRef?: string;
}

/** What sources have found, below what is found here: each under its name, with a line where it fails. */
export function elsewhereItems(elsewhere: EntitiesElsewhere): readonly ElsewhereItem[] {
  const items = elsewhere.found.flatMap(({ source, entities, hasMore, failure }) => {
    if (failure !== undefined) return [failureItem(source, failure)];
    if (!entities.length) return [];
    return [
      heading(vscode.l10n.t('on {0}', source)),
      ...entities.map(({ ref, title, name, type }) =>
        entityItem(ref, {
          label: title ?? name,
          description: [ref, type, source].filter(Boolean).join(' · '),
        }),
      ),
      ...(hasMore ? [heading(vscode.l10n.t('type to see others'))] : []),
    ];
  });
  const { unknownRef } = elsewhere;
  if (unknownRef === undefined) return items;
  const label = vscode.l10n.t('Look for {0}', unknownRef);
  const description = vscode.l10n.t('in the Backstages that are sources');
  return [...items, entityItem(unknownRef, { label, description })];
}

function entityItem(
  elsewhereRef: string,
  { label, description }: { readonly label: string; readonly description: string },
): ElsewhereItem {
  return {
    elsewhereRef,
    label: `$(cloud) ${withoutIcons(label)}`,
    description: withoutIcons(description),
    alwaysShow: true,
  };
}

function failureItem(source: string, failure: string): ElsewhereItem {
  return {
    label: `$(warning) ${withoutIcons(vscode.l10n.t('{0} could not be searched', source))}`,
    detail: withoutIcons(failure),
    alwaysShow: true,
  };
}

function heading(label: string): ElsewhereItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
