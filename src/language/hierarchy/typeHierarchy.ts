import type { TypeHierarchyItem } from 'vscode-languageserver-types';
import type { YamlText } from '../documents/yamlText';
import type { LanguageContext } from '../languageProvider';
import { entityItem, entityItemAt, refOfItem } from './entityItem';

/** Being part of something, and groups below groups, are what types are in code. */
const UP = ['partOf', 'childOf'];
const DOWN = ['hasPart', 'parentOf'];

/** The entity at an offset, to ask what it is part of and what is part of it. */
export function prepareTypeHierarchy(
  context: LanguageContext,
  text: YamlText,
  offset: number,
): readonly TypeHierarchyItem[] {
  const item = entityItemAt(context, text, offset);
  return item ? [item] : [];
}

/** What an entity is part of: its system, domain, component or parent group. */
export function supertypes(
  context: LanguageContext,
  item: Pick<TypeHierarchyItem, 'data'>,
): readonly TypeHierarchyItem[] {
  return related(UP, context, item);
}

/** What is part of an entity, and the groups below a group. */
export function subtypes(
  context: LanguageContext,
  item: Pick<TypeHierarchyItem, 'data'>,
): readonly TypeHierarchyItem[] {
  return related(DOWN, context, item);
}

function related(
  types: readonly string[],
  context: LanguageContext,
  item: Pick<TypeHierarchyItem, 'data'>,
): readonly TypeHierarchyItem[] {
  const ref = refOfItem(item);
  if (ref === undefined) return [];
  return context.catalog
    .relations(ref)
    .flatMap(({ type, targetRef }) =>
      types.includes(type) ? (entityItem(targetRef, { context }) ?? []) : [],
    );
}
