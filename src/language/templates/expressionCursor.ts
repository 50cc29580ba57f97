import type {
  Binding,
  FilterExpression,
  Identifier,
  MemberPath,
  TestExpression,
} from '../../core/templates';
import type { TemplateDocument, WrittenTemplate } from './templateDocument';
import { templateTextAt } from './templateDocument';

/** A name in an expression that a place in the file touches. */
export type TouchedName = {
  readonly text: WrittenTemplate;
  /** What is touched, as offsets into the text. */
  readonly identifier: Identifier;
} & (
  | {
      readonly type: 'path';
      readonly path: MemberPath;
      /** From the root up to what is touched. */
      readonly names: readonly string[];
    }
  | { readonly type: 'filter'; readonly filter: FilterExpression }
  | { readonly type: 'test'; readonly test: TestExpression }
  | { readonly type: 'binding'; readonly binding: Binding }
);

/** Undefined where the place touches no name of an expression. */
export function touchedName(document: TemplateDocument, offset: number): TouchedName | undefined {
  const text = templateTextAt(document, offset);
  return text && touchedNameIn(text, text.source.textOffset(offset));
}

/** @param at - an offset into the text */
export function touchedNameIn(text: WrittenTemplate, at: number): TouchedName | undefined {
  const touches = ({ name, start, end }: Identifier): boolean =>
    name !== '' && start <= at && at <= end;
  const { paths, filters, tests, bindings } = text.names;
  for (const path of paths) {
    const index = path.names.findIndex(touches);
    const identifier = path.names[index];
    if (!identifier) continue;
    const names = path.names.slice(0, index + 1).map(({ name }) => name);
    return { type: 'path', text, identifier, path, names };
  }
  const filter = filters.find(({ name }) => touches(name));
  if (filter) return { type: 'filter', text, identifier: filter.name, filter };
  const test = tests.find(({ name }) => touches(name));
  if (test) return { type: 'test', text, identifier: test.name, test };
  const binding = bindings.find(touches);
  return binding && { type: 'binding', text, identifier: binding, binding };
}
