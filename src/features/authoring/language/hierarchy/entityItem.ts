import type { SymbolKind } from 'vscode-languageserver-types';
import { isRecord, type Range } from '../../../../base';
import type { YamlText } from '../documents/yamlText';
import { symbolKindOf } from '../entities/entityKinds';
import { shortRef, titleOf } from '../entities/markdown';
import type { LanguageContext } from '../languageProvider';
import { mentionAt } from '../mentions/mention';
import { declarationOf, type PlacesScope } from '../mentions/places';

/** An entity in a hierarchy, of calls or of types. */
export interface EntityItem {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly detail: string;
  readonly uri: string;
  readonly range: Range;
  readonly selectionRange: Range;
  readonly data: { readonly ref: string };
}

/** The entity that a name or a ref at an offset stands for, where it is written in a file. */
export function entityItemAt(
  context: LanguageContext,
  text: YamlText,
  offset: number,
): EntityItem | undefined {
  const mention = mentionAt(text, offset, context.catalog.kinds);
  return mention && entityItem(mention.ref, { context, text });
}

/**
 * @param detail - besides the kind of the entity
 * @returns undefined for what is not written in a file
 */
export function entityItem(
  ref: string,
  scope: PlacesScope,
  detail?: string,
): EntityItem | undefined {
  const place = declarationOf(ref, scope);
  if (!place) return undefined;
  const entity = scope.context.catalog.get(ref);
  const kind = entity?.kind ?? ref.slice(0, ref.indexOf(':'));
  return {
    name: entity ? titleOf(entity) : shortRef(ref),
    kind: symbolKindOf(kind),
    detail: [kind, detail].filter(Boolean).join(' · '),
    uri: place.file,
    range: place.range,
    selectionRange: place.nameRange,
    data: { ref },
  };
}

/** The entity of an item as it comes back from a client, which may send anything. */
export function refOfItem(item: { readonly data?: unknown }): string | undefined {
  if (!isRecord(item.data)) return undefined;
  const { ref } = item.data;
  return typeof ref === 'string' ? ref : undefined;
}
