import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { cursorAt, innerSpan, type PositionRequest } from '../../authoring/language';
import { builtinCardOf, touchedName, type TouchedName } from './expressions/expressionCursor';
import { fieldsOf, schemasAt } from './jsonSchemas';
import { schemaKeywords } from './parameterFields';
import { actionCard, inputCard, nameCard } from './templateCards';
import { actionOf, type TemplateDocument } from './templateDocument';
import { nameAt } from './templateNames';

/** Hover for names in expressions, actions, inputs and keywords of forms. */
export function templateHover(
  document: TemplateDocument,
  request: PositionRequest,
): Hover | undefined {
  const { text, offset } = request;
  const touched = touchedName(document, offset);
  if (touched) {
    const value = cardOfName(document, touched, request);
    const { start, end } = touched.text.source.span(touched.identifier);
    return value === undefined ? undefined : hover(value, text.rangeAt(start, end));
  }
  const cursor = cursorAt(text, offset);
  if (!cursor) return undefined;
  const { path, at, scalar } = cursor;
  const value = cardOfField(document, { path, at, value: scalar.value });
  const { start, end } = innerSpan(text, scalar) ?? scalar;
  return value === undefined ? undefined : hover(value, text.rangeAt(start, end));
}

function hover(value: string, range: Hover['range']): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, ...(range && { range }) };
}

function cardOfName(
  document: TemplateDocument,
  touched: TouchedName,
  { context }: PositionRequest,
): string | undefined {
  switch (touched.type) {
    case 'filter':
    case 'test':
      return builtinCardOf(touched);
    case 'binding':
      return undefined;
    case 'path': {
      const { path, names, text } = touched;
      const name = path.binding ? undefined : nameAt(document, text, names);
      return name && nameCard(names, name, context);
    }
  }
}

interface TouchedField {
  readonly path: readonly (string | number)[];
  readonly at: 'key' | 'value';
  readonly value: string;
}

function cardOfField(
  document: TemplateDocument,
  { path, at, value }: TouchedField,
): string | undefined {
  const [spec, section, index, field, ...below] = path;
  if (spec !== 'spec') return undefined;
  if (section === 'parameters') return cardOfKeyword(path, at, value);
  const step = document.model.steps.find(candidate => candidate.index === index);
  if (section !== 'steps' || !step) return undefined;
  const action = actionOf(step, document);
  if (field === 'action' && at === 'value') {
    return action && actionCard(action, { hasExample: true });
  }
  const name = below.at(-1);
  if (field !== 'input' || at !== 'key' || typeof name !== 'string') return undefined;
  const fields = fieldsOf(schemasAt(action?.input, below.slice(0, -1)));
  const found = fields.find(candidate => candidate.name === name);
  return found && inputCard(name, found.schema, found.isRequired);
}

/** Card for Backstage's own keywords of a form. The others are JSON schema. */
function cardOfKeyword(
  path: TouchedField['path'],
  at: TouchedField['at'],
  value: string,
): string | undefined {
  const name = path.at(-1);
  if (typeof name !== 'string' || !name.startsWith('ui:')) return undefined;
  const keyword = schemaKeywords.find(candidate => candidate.name === name);
  if (at === 'key') return keyword && `**\`${name}\`**\n\n${keyword.description}`;
  const known = keyword?.values?.find(candidate => candidate.value === value);
  return known?.description === undefined ? undefined : `**\`${value}\`**\n\n${known.description}`;
}
