import type { TypeHierarchyItem } from 'vscode-languageserver-types';
import { flatMapInSlices } from '../../../../platform/core';
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
  signal: AbortSignal,
): Promise<readonly TypeHierarchyItem[]> {
  return related(UP, { context, item, signal });
}

/** What is part of an entity, and the groups below a group. */
export function subtypes(
  context: LanguageContext,
  item: Pick<TypeHierarchyItem, 'data'>,
  signal: AbortSignal,
): Promise<readonly TypeHierarchyItem[]> {
  return related(DOWN, { context, item, signal });
}

async function related(
  types: readonly string[],
  {
    context,
    item,
    signal,
  }: {
    readonly context: LanguageContext;
    readonly item: Pick<TypeHierarchyItem, 'data'>;
    readonly signal: AbortSignal;
  },
): Promise<readonly TypeHierarchyItem[]> {
  const ref = refOfItem(item);
  if (ref === undefined) return [];
  return flatMapInSlices(context.catalog.relations(ref), signal, ({ type, targetRef }) => {
    const found = types.includes(type) ? entityItem(targetRef, { context }) : undefined;
    return found ? [found] : [];
  });
}
