import type { LinkTarget } from '../../../../api';
import type { Range, Translate } from '../../../../base';
import { inSlices } from '../../../../platform/core';
import { type DefinitionSource, placesInTwin } from '../definitions/definitionSource';
import {
  child,
  entriesOf,
  itemsOf,
  type Place,
  type PlacedNode,
  resolve,
  textAt,
} from '../document/placedNode';
import { readDocument } from '../document/readJson';
import { outlineAsyncApi } from '../formats/asyncapi';
import { outlineOpenApi } from '../formats/openapi';
import { outlineKeys, outlineMcp, outlineText, outlineTrpc } from '../formats/otherDocuments';
import { outlineProtobuf } from '../formats/protobuf';
import type { SchemaContext } from '../formats/schemaItems';
import { schemaFor } from '../validation/specificationSchema';
import { validateNode } from '../validation/validateNode';
import { limitedItems } from './limitedItems';
import {
  type ApiOutline,
  countOperations,
  type DefinitionProblem,
  ItemBudget,
  type OutlineContext,
} from './outline';

const MOST_REFERENCES = 50;

/** What stands in examples is data, whatever it looks like. */
const data = new Set(['default', 'example', 'examples']);

/** In the maps behind these keys, keys are names: a response may be the default, a property an example. */
const named = new Set([
  '$defs',
  'definitions',
  'dependentSchemas',
  'patternProperties',
  'properties',
  'schemas',
  'callbacks',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'requestBodies',
  'responses',
  'channels',
  'messages',
  'messageTraits',
  'operations',
  'operationTraits',
  'servers',
]);

/** References to what is not in the document; those to other files are not followed. */
function* danglingReferences(
  root: PlacedNode,
  translate: Translate,
): Generator<void, readonly DefinitionProblem[]> {
  const problems: DefinitionProblem[] = [];
  const pending: (readonly [node: PlacedNode, hasNames: boolean])[] = [[root, false]];
  const seen = new Set<PlacedNode>();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, hasNames] = next;
    if (seen.has(node)) continue;
    seen.add(node);
    if (seen.size % 1024 === 0) yield;
    for (const item of itemsOf(node)) pending.push([item, false]);
    const reference = textAt(node, '$ref');
    if (reference?.startsWith('#') && !resolve(node, root)) {
      const place = child(node, '$ref')?.place ?? node.place;
      const message = translate('"{0}" leads nowhere', reference);
      problems.push({ code: 'definition-reference', message, place });
      if (problems.length >= MOST_REFERENCES) break;
    }
    for (const [key, { value }] of entriesOf(node)) {
      if (hasNames) pending.push([value, false]);
      else if (!data.has(key)) pending.push([value, named.has(key)]);
    }
  }
  return problems.sort((a, b) => a.place.start - b.place.start);
}

/** In code units. Larger definitions are shown, but not read. */
const MAX_SIZE = 5_000_000;
/** So many items a page can hold and still be quick. */
const MOST_ITEMS = 8_000;
const MOST_PROBLEMS = 200;

export interface OutlineOptions {
  readonly definition: string;
  /** The entity's `spec.type`. */
  readonly type: string;
  readonly source: Pick<DefinitionSource, 'file' | 'range' | 'rangeOf' | 'twin'>;
  readonly translate: Translate;
  /** Whether it is held against its specification; default: true. */
  readonly isChecked?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Where a part of the definition is written, the definition as a whole where nobody can say. */
type Locate = (place: Place) => LinkTarget & { readonly type: 'source' };

export interface LocatedOutline extends ApiOutline {
  readonly locate: Locate;
  /** Where exactly a part of the definition is written; undefined where nobody can say. */
  readonly rangeOf: (place: Place) => Range | undefined;
  /** How many there are, of which a page may have no room for all. */
  readonly counts: { readonly operations: number; readonly types: number };
}

/**
 * Reads a definition of whatever format. It never takes the thread for long, and of what is not as it should
 * be it makes problems.
 *
 * @returns undefined when the signal was aborted
 */
export async function outlineDefinition(
  options: OutlineOptions,
): Promise<LocatedOutline | undefined> {
  const outline = await wholeOutline(options);
  if (!outline) return undefined;
  const { translate, signal } = options;
  const operations = await inSlices(limitedItems(outline.operations, translate), signal);
  const types = await inSlices(limitedItems(outline.types, translate), signal);
  if (!operations || !types) return undefined;
  return {
    ...outline,
    operations,
    types,
    problems: outline.problems.slice(0, MOST_PROBLEMS),
    counts: { operations: countOperations(outline.operations), types: outline.types.length },
  };
}

async function wholeOutline({
  definition,
  type,
  source,
  translate,
  isChecked = true,
  signal,
}: OutlineOptions): Promise<Omit<LocatedOutline, 'counts'> | undefined> {
  let twins: ReadonlyMap<number, Place> | undefined;
  const rangeOf = (place: Place): Range | undefined => {
    const twin = twins?.get(place.start);
    return (twin && source.twin?.rangeOf(twin)) ?? source.rangeOf(place);
  };
  const locate: Locate = place => ({
    type: 'source',
    file: source.file,
    range: rangeOf(place) ?? source.range,
  });
  const places = { locate, rangeOf };
  const context: OutlineContext = {
    translate,
    target: place => place && locate(place),
    budget: new ItemBudget(MOST_ITEMS),
  };
  const whole = { start: 0, end: 0 };
  if (definition.length > MAX_SIZE) {
    const message = translate('The definition is too large to be read');
    const outline = await inSlices(outlineText('', context), signal);
    return (
      outline && {
        ...outline,
        problems: [{ code: 'definition-too-large', message, place: whole }],
        ...places,
      }
    );
  }
  const code = await codeOutliner(type, definition);
  if (code) {
    const outline = await inSlices(code(definition, context), signal);
    return outline && { ...outline, ...places };
  }
  const document = await inSlices(readDocument(definition), signal);
  if (!document) return undefined;
  const { root, errors } = document;
  const isExpected = type === 'openapi' || type === 'asyncapi';
  const problems: DefinitionProblem[] = errors.map(error => ({
    code: 'definition-syntax',
    ...error,
  }));
  if (root?.type !== 'map' || (errors.length && !isExpected && !hasFormat(root))) {
    const outline = await inSlices(outlineText(definition, context), signal);
    if (isExpected && !problems.length) {
      const message = translate('This is no definition of an API');
      problems.push({ code: 'definition-syntax', message, place: whole });
    }
    return outline && { ...outline, problems: isExpected ? problems : [], ...places };
  }
  const twin = source.twin && (await inSlices(readDocument(source.twin.text), signal))?.root;
  if (twin) twins = await inSlices(placesInTwin(root, twin), signal);
  const schemaContext: SchemaContext = { ...context, root };
  const outline = await inSlices(documentOutliner(root, type)(root, schemaContext), signal);
  if (!outline) return undefined;
  if (isChecked && (hasFormat(root) || isExpected)) {
    problems.push(...(await documentProblems({ root, type, translate, signal })));
  }
  const language = /^\s*[{[]/.test(definition) ? 'json' : 'yaml';
  return { ...outline, language, problems, ...places };
}

type CodeOutliner = (text: string, context: OutlineContext) => Generator<void, ApiOutline>;

/** By what the definition is said to be, or looks like. */
async function codeOutliner(type: string, text: string): Promise<CodeOutliner | undefined> {
  if (/^\s*\{/.test(text)) return undefined;
  const start = text.slice(0, 10_000);
  if (
    type === 'graphql' ||
    (type !== 'openapi' && /^\s*(extend\s+)?(type|schema|interface|input)\b[^:]*\{/.test(start))
  ) {
    return (await import('../formats/graphql')).outlineGraphQl;
  }
  if (type === 'grpc' || /^[ \t]*syntax\s*=\s*["']proto/m.test(start)) return outlineProtobuf;
  if (type === 'trpc') return outlineTrpc;
  return undefined;
}

function hasFormat(root: PlacedNode): boolean {
  return ['openapi', 'swagger', 'asyncapi'].some(key => child(root, key) !== undefined);
}

function documentOutliner(
  root: PlacedNode,
  type: string,
): (root: PlacedNode, context: SchemaContext) => Generator<void, Omit<ApiOutline, 'problems'>> {
  if (child(root, 'asyncapi')) return outlineAsyncApi;
  if (child(root, 'openapi') ?? child(root, 'swagger')) return outlineOpenApi;
  if (type === 'asyncapi') return outlineAsyncApi;
  if (type === 'openapi') return outlineOpenApi;
  return child(root, 'tools')?.type === 'list' ? outlineMcp : outlineKeys;
}

async function documentProblems({
  root,
  type,
  translate,
  signal,
}: {
  readonly root: PlacedNode;
  readonly type: string;
  readonly translate: Translate;
  readonly signal: AbortSignal | undefined;
}): Promise<readonly DefinitionProblem[]> {
  const schema = await schemaFor(root);
  const references = (await inSlices(danglingReferences(root, translate), signal)) ?? [];
  if (schema) {
    const faults = (await inSlices(validateNode(root, schema, translate), signal)) ?? [];
    return [...faults, ...references];
  }
  const key = ['openapi', 'swagger', 'asyncapi'].find(name => textAt(root, name) !== undefined);
  const version = child(root, key ?? '');
  const message = version
    ? translate('This version is not known: the definition is not checked')
    : translate('The property "{0}", which tells the version, is missing', type);
  const place = version?.place ?? { start: root.place.start, end: root.place.start + 1 };
  const problem = { code: 'definition-invalid', message, place } as const;
  return [version ? { ...problem, severity: 'info' } : problem, ...references];
}
