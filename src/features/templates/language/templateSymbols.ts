import type { Range } from 'vscode-languageserver-types';
import { isScalar } from 'yaml';
import {
  cursorAt,
  innerSpan,
  nodeAt,
  pairAt,
  writtenScalar,
  type YamlText,
} from '../../authoring/language';
import type { FieldPath, SchemaProperties, Span } from '../core';
import { touchedName } from './expressions/expressionCursor';
import type { TemplateDocument } from './templateDocument';
import { nameAt } from './templateNames';

/** A parameter or step of a Template, with its declaration and references. */
export interface TemplateSymbol {
  /** Path in expressions: `['parameters', 'repo']`, `['steps', 'fetch']`. */
  readonly names: readonly string[];
}

/** A place that declares or uses a symbol. */
export interface SymbolPlace extends Span {
  readonly isDeclaration: boolean;
}

/** The symbol at a position, in an expression or its declaration. */
export function symbolAt(
  document: TemplateDocument,
  text: YamlText,
  offset: number,
): TemplateSymbol | undefined {
  const touched = touchedName(document, offset);
  if (touched) {
    if (touched.type !== 'path' || touched.path.binding) return undefined;
    const { names } = touched;
    const [root] = names;
    const isSymbol =
      root === 'steps' ? names.length === 2 : root === 'parameters' || root === 'secrets';
    return isSymbol && names.length > 1 && nameAt(document, touched.text, names)
      ? { names }
      : undefined;
  }
  const cursor = cursorAt(text, offset);
  return cursor && declaredAt(document, cursor.path, cursor.at, cursor.scalar.value);
}

function declaredAt(
  { model }: TemplateDocument,
  path: FieldPath,
  at: 'key' | 'value',
  value: string,
): TemplateSymbol | undefined {
  const step = model.steps.find(({ path: own }) => isSame([...own, 'id'], path));
  if (step && at === 'value') return { names: ['steps', step.id] };
  if (at === 'key') {
    const names = parameterAt(model.parameters, path);
    if (names) return { names: ['parameters', ...names] };
  }
  const isRequired = model.pages.some(page =>
    page.required.some(other => isSame(other.path, path)),
  );
  return isRequired && at === 'value' && model.parameters.named.has(value)
    ? { names: ['parameters', value] }
    : undefined;
}

/** Names of the property that is declared at a path. */
function parameterAt(properties: SchemaProperties, path: FieldPath): readonly string[] | undefined {
  for (const { name, definitions, properties: inner } of properties.named.values()) {
    for (const definition of definitions) {
      if (isSame(definition.path, path)) return [name];
      if (isSame(definition.path, path.slice(0, definition.path.length))) {
        const below = parameterAt(inner, path);
        if (below) return [name, ...below];
      }
    }
  }
  return undefined;
}

function isSame(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((segment, index) => segment === b[index]);
}

/** Declarations and references of a symbol, by position. */
export function placesOf(
  document: TemplateDocument,
  text: YamlText,
  { names }: TemplateSymbol,
): readonly SymbolPlace[] {
  const { model, texts } = document;
  const places: SymbolPlace[] = [];
  for (const span of declarationsOf(document, text, names)) {
    places.push({ ...span, isDeclaration: true });
  }
  for (const { names: used, source } of texts) {
    for (const path of used.paths) {
      const last = path.names[names.length - 1];
      if (path.binding || !last) continue;
      const isMatch = names.every((name, index) => path.names[index]?.name === name);
      if (isMatch) places.push({ ...source.span(last), isDeclaration: false });
    }
  }
  if (names[0] === 'parameters' && names.length === 2) {
    for (const { required } of model.pages) {
      for (const { name, path } of required) {
        const span = name === names[1] ? valueSpan(document, text, path) : undefined;
        if (span) places.push({ ...span, isDeclaration: false });
      }
    }
  }
  return places.sort((a, b) => a.start - b.start);
}

/** Keys of properties or ids of steps that declare a symbol. */
export function declarationsOf(
  document: TemplateDocument,
  text: YamlText,
  names: readonly string[],
): readonly Span[] {
  const { model } = document;
  const [root, first, ...rest] = names;
  if (root === 'steps') {
    return model.steps
      .filter(({ id }) => id === first)
      .flatMap(
        ({ path, isIdWritten }) =>
          valueSpan(document, text, isIdWritten ? [...path, 'id'] : path) ?? [],
      );
  }
  if (root === 'secrets') {
    const path = model.secrets.get(first ?? '');
    const span = path && (keySpan(document, text, path) ?? valueSpan(document, text, path));
    return span ? [span] : [];
  }
  let property = model.parameters.named.get(first ?? '');
  for (const name of rest) property = property?.properties.named.get(name);
  return (property?.definitions ?? []).flatMap(({ path }) => keySpan(document, text, path) ?? []);
}

/** Span of the key at the end of a path. */
export function keySpan(
  { placed }: TemplateDocument,
  text: YamlText,
  path: FieldPath,
): Span | undefined {
  const key = pairAt(placed, path)?.key;
  if (!isScalar(key) || !key.range) return undefined;
  const scalar = writtenScalar(placed, key);
  return innerSpan(text, scalar) ?? scalar;
}

/** Span of a scalar, or of the first line of another value. */
export function valueSpan(
  { placed }: TemplateDocument,
  text: YamlText,
  path: FieldPath,
): Span | undefined {
  const node = nodeAt(placed, path);
  if (isScalar(node) && node.range) {
    const scalar = writtenScalar(placed, node);
    return innerSpan(text, scalar) ?? scalar;
  }
  const span = placed.part.spanOf(node);
  if (!span) return undefined;
  const start = placed.start + span[0];
  const line = /^[^\r\n]*/.exec(text.text.slice(start, placed.start + span[1]))?.[0] ?? '';
  return { start, end: start + line.length };
}

/** Range of a key with its value. */
export function fieldRange(
  { placed }: TemplateDocument,
  text: YamlText,
  { start }: Span,
  path: FieldPath,
): Range {
  const span = placed.part.spanOf(nodeAt(placed, path));
  const end = span ? placed.start + span[1] : start;
  const last = text.text.slice(start, Math.max(start, end)).trimEnd().length;
  return text.rangeAt(start, start + last);
}
