import type { Binding, Identifier, MemberPath, TemplateNames } from '../../core';
import { builtinCard } from '../templateCards';
import type { TemplateDocument, WrittenTemplate } from '../templateDocument';
import { templateFilters, templateTests } from './builtins';

/** A name in an expression at a position of the file. */
export type TouchedName = NameTouch & { readonly text: WrittenTemplate };

/** A name at a position of a text. */
export type NameTouch = {
  /** The name with offsets in the text. */
  readonly identifier: Identifier;
} & (
  | {
      readonly type: 'path';
      readonly path: MemberPath;
      /** Names from the root up to this one. */
      readonly names: readonly string[];
    }
  | { readonly type: 'filter' | 'test' }
  | { readonly type: 'binding'; readonly binding: Binding }
);

/** The name at a position. Undefined if there is none. */
export function touchedName(document: TemplateDocument, offset: number): TouchedName | undefined {
  const text = document.textAt(offset);
  const touched = text && touchedNameIn(text.names, text.source.textOffset(offset));
  return touched && { ...touched, text };
}

/** @param at - an offset into the text */
export function touchedNameIn(all: TemplateNames, at: number): NameTouch | undefined {
  const touches = ({ name, start, end }: Identifier): boolean =>
    name !== '' && start <= at && at <= end;
  const { paths, filters, tests, bindings } = all;
  for (const path of paths) {
    const index = path.names.findIndex(touches);
    const identifier = path.names[index];
    if (!identifier) continue;
    const names = path.names.slice(0, index + 1).map(({ name }) => name);
    return { type: 'path', identifier, path, names };
  }
  const filter = filters.find(({ name }) => touches(name));
  if (filter) return { type: 'filter', identifier: filter.name };
  const test = tests.find(({ name }) => touches(name));
  if (test) return { type: 'test', identifier: test.name };
  const binding = bindings.find(touches);
  return binding && { type: 'binding', identifier: binding, binding };
}

/** Markdown about a filter or test. */
export function builtinCardOf({
  type,
  identifier,
}: Extract<NameTouch, { type: 'filter' | 'test' }>): string | undefined {
  const builtin = (type === 'filter' ? templateFilters : templateTests).get(identifier.name);
  return builtin && builtinCard(builtin);
}
