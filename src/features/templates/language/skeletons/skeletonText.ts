import { codeText, isRecord, ownValue, translate } from '../../../../base';
import type { YamlText } from '../../../authoring/language';
import {
  namesIn,
  type ParsedTemplate,
  parseTemplate,
  stepLabel,
  type TemplateNames,
} from '../../core';
import { SourceMap } from '../templateDocument';
import { globalNames, namesAfter, type TemplateName } from '../templateNames';
import type { SkeletonUse, SkeletonValue } from './skeletonUses';

/** A rendered file with its parsed content. */
export interface SkeletonText {
  readonly uses: readonly SkeletonUse[];
  readonly parsed: ParsedTemplate;
  readonly names: TemplateNames;
  readonly source: SourceMap;
}

/** Parsed content by cookiecutter mode. Kept by text, because most edits change other files. */
const read = new WeakMap<YamlText, Map<boolean, Omit<SkeletonText, 'uses'>>>();

/** @param uses - of the file, at least one */
export function skeletonText(
  text: YamlText,
  uses: readonly [SkeletonUse, ...SkeletonUse[]],
): SkeletonText {
  const [{ options }] = uses;
  const isCompat = options.cookiecutterCompat === true;
  const forms = read.get(text) ?? new Map<boolean, Omit<SkeletonText, 'uses'>>();
  read.set(text, forms);
  let found = forms.get(isCompat);
  if (!found) {
    const parsed = parseTemplate(text.text, options);
    const whole = { start: 0, end: text.text.length };
    const source = new SourceMap(whole, text.text.length, span => span);
    found = { parsed, names: namesIn(parsed), source };
    forms.set(isCompat, found);
  }
  return { ...found, uses };
}

/** Names that can follow a path in a rendered file, or begin one. */
export function skeletonNamesAfter(
  uses: readonly SkeletonUse[],
  [root, name, ...rest]: readonly string[],
): readonly TemplateName[] {
  const variables = new Set(uses.map(({ variable }) => variable));
  if (root === undefined) return [...[...variables].map(rootName), ...globalNames];
  const passing = uses.filter(({ variable }) => variable === root);
  if (name === undefined) {
    const values = passing.flatMap(use => use.values.map(value => valueName(value)));
    return values.filter(
      (value, index) => values.findIndex(other => other.name === value.name) === index,
    );
  }
  const [found] = valuesNamed(passing, name);
  return found ? namesAfterValue(found, rest) : [];
}

/** Values that steps pass with a name. */
export function valuesNamed(
  uses: readonly SkeletonUse[],
  name: string,
): readonly { readonly use: SkeletonUse; readonly value: SkeletonValue }[] {
  return uses.flatMap(use =>
    use.values.filter(value => value.name === name).map(value => ({ use, value })),
  );
}

function rootName(name: string): TemplateName {
  return { name, kind: 'root', description: translate('Values that the template step passes.') };
}

function valueName({ name, value, path }: SkeletonValue): TemplateName {
  return { name, kind: 'parameter', detail: shortValue(value), path };
}

/** Short text of a passed value. */
export function shortValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const line = codeText(text);
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}

function namesAfterValue(
  { use, value }: { use: SkeletonUse; value: SkeletonValue },
  path: readonly string[],
): readonly TemplateName[] {
  const names = pathOfValue(value.value);
  if (names) {
    const place = { place: 'input', step: use.step } as const;
    return namesAfter(use.document, place, [...names, ...path]);
  }
  let inner = value.value;
  for (const name of path) inner = isRecord(inner) ? ownValue(inner, name) : undefined;
  if (!isRecord(inner)) return [];
  return Object.entries(inner).map(([name, child]) => ({
    name,
    kind: 'property',
    detail: shortValue(child),
  }));
}

/** Path of a value that is only a path expression. */
export function pathOfValue(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'string') return undefined;
  const { nodes } = parseTemplate(value);
  const [node] = nodes;
  if (nodes.length !== 1 || node?.type !== 'output') return undefined;
  if (node.start > 0 || node.end < value.length) return undefined;
  const { paths, filters, tests } = namesIn({ nodes });
  const [path] = paths;
  const isAll = paths.length === 1 && !filters.length && !tests.length && !path?.isOpen;
  const isPath = node.expression.type === 'member' || node.expression.type === 'name';
  return isAll && isPath ? path?.names.map(({ name }) => name) : undefined;
}

/** `the step fetch of service` */
export function labelOf({ step, document }: SkeletonUse): string {
  return stepLabel(step, document.placed.part.textAt('metadata', 'name'));
}
