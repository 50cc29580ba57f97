import type { Translate } from '../../../../base';
import { runInSlices } from '../../../../platform/core';
import { type DefinitionPlaces, placesOf } from '../definitions/definitionPlaces';
import { type DefinitionSource, placesInTwin } from '../definitions/definitionSource';
import { child, type PlacedNode } from '../document/placedNode';
import { readDocument } from '../document/readJson';
import { outlineAsyncApi } from '../formats/asyncapi';
import { codeOutliner } from '../formats/codeFormats';
import { outlineOpenApi } from '../formats/openapi';
import { outlineKeys, outlineMcp, outlineText } from '../formats/otherDocuments';
import type { SchemaContext } from '../formats/schemaItems';
import {
  isDocument,
  MAX_SIZE,
  MOST_PROBLEMS,
  problemsOfDocument,
  tooLarge,
} from '../check/checkDefinition';
import { limitedItems } from './limitedItems';
import { type ApiOutline, countOperations, ItemBudget, type OutlineContext } from './outline';

/** The number of items that a page can show without becoming slow. */
const MOST_ITEMS = 8_000;

export interface OutlineOptions {
  readonly definition: string;
  /** The entity's `spec.type`. */
  readonly type: string;
  readonly source: Pick<DefinitionSource, 'file' | 'range' | 'rangeOf' | 'twin'>;
  readonly translate: Translate;
  /** Whether it is validated against its specification; default: true. */
  readonly isChecked?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface LocatedOutline extends ApiOutline, DefinitionPlaces {
  /** The total numbers, of which a page may show only a part. */
  readonly counts: { readonly operations: number; readonly types: number };
}

/**
 * Outlines a definition in any format, with its problems. Doesn't block the thread for long.
 *
 * @returns undefined when the signal was aborted
 */
export async function outlineDefinition(
  options: OutlineOptions,
): Promise<LocatedOutline | undefined> {
  const outline = await wholeOutline(options);
  if (!outline) return undefined;
  const { translate, signal } = options;
  const operations = await runInSlices(limitedItems(outline.operations, translate), signal);
  const types = await runInSlices(limitedItems(outline.types, translate), signal);
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
  let places = placesOf(source);
  const context: OutlineContext = {
    translate,
    target: place => place && places.locate(place),
    budget: new ItemBudget(MOST_ITEMS),
  };
  if (definition.length > MAX_SIZE) {
    const outline = await runInSlices(outlineText('', context), signal);
    return outline && { ...outline, problems: [tooLarge(translate)], ...places };
  }
  const code = await codeOutliner(type, definition);
  if (code) {
    const outline = await runInSlices(code(definition, context), signal);
    return outline && { ...outline, ...places };
  }
  const document = await runInSlices(readDocument(definition), signal);
  if (!document) return undefined;
  const { root } = document;
  const problems = await problemsOfDocument({ document, type, translate, signal, isChecked });
  if (!root || !isDocument(document, type)) {
    const outline = await runInSlices(outlineText(definition, context), signal);
    return outline && { ...outline, problems, ...places };
  }
  const twin = source.twin && (await runInSlices(readDocument(source.twin.text), signal))?.root;
  if (twin) places = placesOf(source, await runInSlices(placesInTwin(root, twin), signal));
  const schemaContext: SchemaContext = { ...context, root };
  const outline = await runInSlices(documentOutliner(root, type)(root, schemaContext), signal);
  const language = /^\s*[{[]/.test(definition) ? 'json' : 'yaml';
  return outline && { ...outline, language, problems, ...places };
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
