import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type MarkupContent,
} from 'vscode-languageserver-types';
import { isRecord, ownValue, translate } from '../../../base';
import {
  type CompletionItems,
  type CompletionPlace,
  completionPlaceAt,
  type FieldPath,
  inSnippet,
  type OfferedValue,
  type PositionRequest,
  SUGGEST_NEXT,
  valueItems,
} from '../../authoring/language';
import type { JsonSchema, TemplateStep } from '../core';
import { fieldsOf, mayFit, type SchemaField, schemasAt, textOf, typeText } from './jsonSchemas';
import { credentialKeys, formFields, schemaKeywords } from './parameterFields';
import { actionCard, expressionPath, inputCard } from './templateCards';
import { actionOf, type TemplateDocument } from './templateDocument';
import { namesAfter, type TemplateName } from './templateNames';

/** Completes actions, their inputs and fields of forms, which the schema of Templates doesn't describe. */
export function completeStructure(
  document: TemplateDocument,
  request: PositionRequest,
): CompletionItems {
  const place = completionPlaceAt(request);
  return place ? valueItems(place, offeredAt(document, place)) : { items: [], isIncomplete: false };
}

function offeredAt(document: TemplateDocument, place: CompletionPlace): readonly OfferedValue[] {
  const { path, at } = place.site;
  const [spec, section, index, field, ...below] = path;
  if (spec !== 'spec') return [];
  if (section === 'parameters') return parameterValues(place);
  if (section !== 'steps' || typeof index !== 'number') return [];
  const step = document.model.steps.find(candidate => candidate.index === index);
  if (field === 'action' && at === 'value') return actions(document);
  return field === 'input' && step ? inputs(place, { document, step, below }) : [];
}

function actions({ actions: registry }: TemplateDocument): readonly OfferedValue[] {
  return registry.ids().flatMap((id): OfferedValue[] => {
    const action = registry.get(id);
    if (!action) return [];
    const value = actionCard(action, { hasExample: false });
    return [{ value: id, kind: CompletionItemKind.Function, documentation: markdown(value) }];
  });
}

/** Completes keys of an input or values of a property. */
function inputs(
  place: CompletionPlace,
  { document, step, below }: { document: TemplateDocument; step: TemplateStep; below: FieldPath },
): readonly OfferedValue[] {
  const action = actionOf(step, document);
  const schemas = schemasAt(action?.input, below);
  const keys = (): readonly OfferedValue[] => {
    return fieldsOf(schemas)
      .filter(isFree(place, valueAt(step.input?.value, below)))
      .sort((a, b) => Number(b.isRequired) - Number(a.isRequired))
      .map(field => keyOf(place, field));
  };
  const { at, isFlow, quote } = place.site;
  if (at === 'key') return keys();
  // Text at the start of a list item may be the first key of a map.
  const isItem = typeof below.at(-1) === 'number' && !isFlow && !quote;
  if (isItem && schemas.some(({ properties }) => isRecord(properties))) return keys();
  return [...schemas.flatMap(valuesOf), ...expressionsFor(place, { document, step, schemas })];
}

function valueAt(root: unknown, path: FieldPath): unknown {
  let value = root;
  for (const segment of path) {
    if (Array.isArray(value) && typeof segment === 'number') value = value[segment] as unknown;
    else if (isRecord(value) && Object.hasOwn(value, segment)) value = value[String(segment)];
    else return undefined;
  }
  return value;
}

/** Returns a test for keys that are not in a map yet, or are being typed. */
function isFree(
  { site, request }: CompletionPlace,
  map: unknown,
): (key: { name: string }) => boolean {
  const typed = request.text.text.slice(site.start, site.end);
  return ({ name }) => name === typed || !isRecord(map) || !Object.hasOwn(map, name);
}

/** A key with the start of its value. Maps continue on the next line. */
function keyOf(place: CompletionPlace, { name, schema, isRequired }: SchemaField): OfferedValue {
  return {
    value: name,
    kind: CompletionItemKind.Property,
    detail: [isRequired && 'required', typeText(schema)].filter(Boolean).join(' · '),
    documentation: markdown(inputCard(name, schema, isRequired)),
    changes: keyChanges(place, name, kindOfValue(schema)),
  };
}

type ValueKind = 'object' | 'array' | 'choice' | 'other';

function kindOfValue(schema: JsonSchema): ValueKind {
  const { type } = schema;
  if (type === 'object') return 'object';
  if (type === 'array') return 'array';
  return type === 'boolean' || Array.isArray(schema['enum']) ? 'choice' : 'other';
}

function keyChanges(
  { site, request }: CompletionPlace,
  name: string,
  kind: ValueKind,
): NonNullable<OfferedValue['changes']> {
  const { text } = request;
  // With an existing value, replaces only the key.
  const isFollowed = /^\s*:/.test(text.text.slice(site.end).split(/[\r\n]/, 1)[0] ?? '');
  const key = /^[\w$.-][\w$:./-]*$/.test(name) ? name : JSON.stringify(name);
  if (isFollowed || site.quote) return { newText: site.quote ? name : key };
  const indent = ' '.repeat(site.indent + 2);
  const below = site.isFlow
    ? { object: ' {$0}', array: ' [$0]' }
    : { object: `\n${indent}$0`, array: `\n${indent}- $0` };
  const value = kind === 'object' || kind === 'array' ? below[kind] : ' $0';
  return {
    newText: `${inSnippet(key)}:${value}`,
    insertTextFormat: InsertTextFormat.Snippet,
    insertTextMode: InsertTextMode.asIs,
    ...(kind === 'choice' && { command: SUGGEST_NEXT }),
  };
}

function valuesOf(schema: JsonSchema): readonly OfferedValue[] {
  const { enum: values, type, default: filled, const: constant } = schema;
  const listed = Array.isArray(values) ? values : constant === undefined ? [] : [constant];
  const all: readonly unknown[] = type === 'boolean' ? [true, false] : listed;
  return all.flatMap((value): OfferedValue[] =>
    typeof value === 'string'
      ? [
          {
            value,
            kind: CompletionItemKind.EnumMember,
            detail: value === filled ? translate('Default') : undefined,
          },
        ]
      : typeof value === 'boolean' || typeof value === 'number'
        ? [literal(String(value), value === filled ? translate('Default') : undefined)]
        : [],
  );
}

/** A value without quotes that is not text. */
function literal(value: string, detail?: string, description?: string): OfferedValue {
  return {
    value,
    detail,
    kind: CompletionItemKind.Value,
    changes: { newText: value },
    ...(description !== undefined && { documentation: markdown(description) }),
  };
}

/** Parameters and outputs of earlier steps as whole values. */
function expressionsFor(
  place: CompletionPlace,
  {
    document,
    step,
    schemas,
  }: { document: TemplateDocument; step: TemplateStep; schemas: readonly JsonSchema[] },
): readonly OfferedValue[] {
  const { site } = place;
  // Objects and lists are usually written out.
  if (schemas.length && schemas.every(({ type }) => type === 'object')) return [];
  const where = { place: 'input', step } as const;
  const behind = (path: readonly string[]): readonly TemplateName[] =>
    namesAfter(document, where, path).filter(({ isUnavailable }) => !isUnavailable);
  const named = (path: readonly string[]) =>
    behind(path).map(name => ({ path: [...path, name.name], name }));
  const all = [
    ...named(['parameters']),
    ...behind(['steps']).flatMap(step => named(['steps', step.name, 'output'])),
  ];
  const inQuotes = site.quote ?? (site.isFlow ? '"' : undefined);
  const isOpen =
    site.quote !== undefined && !place.request.text.text.startsWith(site.quote, site.end);
  return all.flatMap(({ path, name: { schema, detail } }): OfferedValue[] => {
    if (!mayFit(schema, schemas)) return [];
    const value = `\${{ ${expressionPath(path)} }}`;
    // Quoted keys would end the YAML quotes.
    if (inQuotes === "'" && value.includes("'")) return [];
    const newText = site.quote
      ? `${value}${isOpen ? site.quote : ''}`
      : site.isFlow
        ? JSON.stringify(value)
        : value;
    return [{ value, kind: CompletionItemKind.Variable, detail, changes: { newText } }];
  });
}

/** Completes keywords of a parameter's schema and their values. */
function parameterValues(place: CompletionPlace): readonly OfferedValue[] {
  const { site } = place;
  const keyword = site.path.at(-1);
  if (site.at === 'value') {
    const isOption = typeof keyword === 'string' && site.path.at(-2) === 'ui:options';
    if (isOption && ownValue(OPTION_KINDS, keyword) === 'choice')
      return [literal('true'), literal('false')];
    if (typeof keyword !== 'string' || !isParameter(site.path.slice(0, -1))) return [];
    const found = schemaKeywords.find(({ name }) => name === keyword);
    return (found?.values ?? []).map(({ value, description }) =>
      value === 'true' || value === 'false'
        ? literal(value)
        : {
            value,
            kind: CompletionItemKind.EnumMember,
            ...(description !== undefined && { documentation: markdown(description) }),
          },
    );
  }
  if (keyword === 'ui:options' && isParameter(site.path.slice(0, -1))) {
    return optionKeys(place);
  }
  if (keyword === 'requestUserCredentials' && site.path.at(-2) === 'ui:options') {
    return credentialKeys.map(({ name, description, kind }) =>
      describedKey(place, name, { description, kind }),
    );
  }
  if (!isParameter(site.path)) return [];
  return schemaKeywords
    .filter(isFree(place, valueAt(site.placed.part.value, site.path)))
    .map(({ name, description, values }) => {
      const kind = values ? 'choice' : (KEYWORD_KINDS.get(name) ?? 'other');
      return describedKey(place, name, { description, kind });
    });
}

function describedKey(
  place: CompletionPlace,
  name: string,
  { description, kind }: { readonly description: string; readonly kind: ValueKind },
): OfferedValue {
  return {
    value: name,
    kind: CompletionItemKind.Property,
    documentation: markdown(description),
    changes: keyChanges(place, name, kind),
  };
}

const MAPS = ['items', 'properties', 'dependencies', 'ui:options', 'ui:backstage'];
const LISTS = ['enum', 'enumNames', 'required', 'ui:order', 'ui:enumNames'];
const KEYWORD_KINDS: ReadonlyMap<string, ValueKind> = new Map([
  ...MAPS.map(name => [name, 'object'] as const),
  ...LISTS.map(name => [name, 'array'] as const),
]);

/** Whether a path is the schema of a property or of list items. */
function isParameter(path: FieldPath): boolean {
  const [before, last] = path.slice(-2);
  return (
    path.length > 3 &&
    (before === 'properties' || (last === 'items' && isParameter(path.slice(0, -1))))
  );
}

function optionKeys(place: CompletionPlace): readonly OfferedValue[] {
  const { site } = place;
  const schema = valueAt(site.placed.part.value, site.path.slice(0, -1));
  const field = formFields.find(({ value }) => value === textOf(schema, 'ui:field'));
  return Object.entries(field?.options ?? {}).map(([name, description]) =>
    describedKey(place, name, { description, kind: ownValue(OPTION_KINDS, name) ?? 'other' }),
  );
}

/** Kinds of options that are not plain values. */
const OPTION_KINDS: Readonly<Record<string, ValueKind | undefined>> = {
  allowArbitraryValues: 'choice',
  allowedHosts: 'array',
  allowedOrganizations: 'array',
  allowedOwners: 'array',
  allowedProjects: 'array',
  allowedRepos: 'array',
  autoSelect: 'choice',
  catalogFilter: 'object',
  kinds: 'array',
  requestUserCredentials: 'object',
  showCounts: 'choice',
};

function markdown(value: string): MarkupContent {
  return { kind: MarkupKind.Markdown, value };
}
