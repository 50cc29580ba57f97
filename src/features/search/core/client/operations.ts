import type { MarkedText, SearchFacetCount } from '../../../../api';
import { isRecord } from '../../../../base';
import type {
  FilterField,
  IndexAnswer,
  IndexedSource,
  IndexHit,
  IndexQuery,
  IndexStatistics,
  SearchIndexClient,
  TypeWeights,
} from '../types';
import { isDocument, isIndexedSource, isNumber, isOptional, isText } from './documents';

/*
 * What is asked of an index in another thread, and what it answers, as the other side reads it.
 */

const fields: Readonly<Record<FilterField, true>> = {
  kind: true,
  type: true,
  owner: true,
  lifecycle: true,
  tag: true,
  system: true,
  in: true,
};

function isFilterField(value: unknown): value is FilterField {
  return isText(value) && Object.hasOwn(fields, value);
}

function isIndexQuery(value: unknown): value is IndexQuery {
  return (
    isRecord(value) &&
    isParsedQuery(value['query']) &&
    isRecord(value['preferences']) &&
    ['mine', 'starred', 'recent'].every(name =>
      isListOf(isText, (value['preferences'] as Record<string, unknown>)[name]),
    ) &&
    isNumber(value['limit']) &&
    isNumber(value['offset']) &&
    typeof value['withFacets'] === 'boolean'
  );
}

function isParsedQuery(value: unknown): boolean {
  return (
    isRecord(value) &&
    isListOf(isText, value['words']) &&
    isListOf(isText, value['excludedWords']) &&
    isListOf(areTexts, value['phrases']) &&
    isListOf(areTexts, value['excludedPhrases']) &&
    isListOf(isFilter, value['filters']) &&
    typeof value['isUnfinished'] === 'boolean'
  );
}

function isFilter(value: unknown): boolean {
  return (
    isRecord(value) &&
    isFilterField(value['field']) &&
    isText(value['value']) &&
    typeof value['isExcluded'] === 'boolean'
  );
}

function isIndexAnswer(value: unknown): value is IndexAnswer {
  return (
    isRecord(value) &&
    isListOf(isHit, value['hits']) &&
    isNumber(value['total']) &&
    isListOf(isText, value['ignored']) &&
    isRecord(value['facets']) &&
    Object.values(value['facets']).every(counts => isOptional(counts, areFacetCounts))
  );
}

function isHit(value: unknown): value is IndexHit {
  return (
    isRecord(value) &&
    isText(value['type']) &&
    isText(value['source']) &&
    isDocument(value['document']) &&
    isNumber(value['score']) &&
    isMarkedText(value['title']) &&
    isOptional(value['snippet'], isMarkedText)
  );
}

function isMarkedText(value: unknown): value is MarkedText {
  return isRecord(value) && isText(value['text']) && isListOf(isMark, value['marks']);
}

function isMark(value: unknown): boolean {
  return isListOf(isNumber, value) && value.length === 2;
}

function areFacetCounts(value: unknown): value is readonly SearchFacetCount[] {
  return isListOf(isFacetCount, value);
}

function isFacetCount(value: unknown): value is SearchFacetCount {
  return isRecord(value) && isText(value['value']) && isNumber(value['count']);
}

function isIndexStatistics(value: unknown): value is IndexStatistics {
  return isRecord(value) && isNumber(value['sources']) && isNumber(value['documents']);
}

function areWeights(value: unknown): value is Readonly<Record<string, number>> {
  return isRecord(value) && Object.values(value).every(isNumber);
}

function areTexts(value: unknown): value is readonly string[] {
  return isListOf(isText, value);
}

function isListOf<T>(
  is: ((value: unknown) => value is T) | ((value: unknown) => boolean),
  value: unknown,
): value is readonly T[] {
  return Array.isArray(value) && value.every(item => is(item));
}

/** Something that an index in another thread can be asked, as both sides read it. */
interface Operation<Input, Output> {
  /** @throws TypeError for what is no input */
  answer(index: SearchIndexClient, input: unknown, signal: AbortSignal): Promise<Output>;
  /** @throws TypeError for what is no output */
  readOutput(value: unknown): Output;
  /** Carries the type only; never set. */
  readonly Input?: Input;
}

export type OperationName = keyof typeof operations;
export type InputOf<Name extends OperationName> = NonNullable<(typeof operations)[Name]['Input']>;
export type OutputOf<Name extends OperationName> = ReturnType<
  (typeof operations)[Name]['readOutput']
>;

/** Of very many, each page is put together and read in a moment. */
const STAMPS_PAGE = 5000;

type Stamp = readonly [id: string, stamp: string | undefined];

export const operations = {
  put: operation({
    isInput: (value): value is readonly IndexedSource[] => isListOf(isIndexedSource, value),
    isOutput: isNothing,
    perform: (index, sources) => index.put(sources),
  }),
  retain: operation({
    isInput: (value): value is { type: string; ids: ReadonlySet<string> } =>
      isRecord(value) && isText(value['type']) && areIds(value['ids']),
    isOutput: isNothing,
    perform: (index, { type, ids }) => index.retain(type, ids),
  }),
  /** All, a page after the other: one that is shorter than the others is the last. */
  stamps: operation({
    isInput: (value): value is { type: string; from: number } =>
      isRecord(value) && isText(value['type']) && isNumber(value['from']),
    isOutput: (value): value is { stamps: readonly Stamp[]; isLast: boolean } =>
      isRecord(value) && isListOf(isStamp, value['stamps']) && typeof value['isLast'] === 'boolean',
    async perform(index, { type, from }) {
      const all = [...(await index.stamps(type))];
      const end = from + STAMPS_PAGE;
      return { stamps: all.slice(from, end), isLast: end >= all.length };
    },
  }),
  setWeights: operation({
    isInput: (value): value is TypeWeights => areWeights(value),
    isOutput: isNothing,
    perform: (index, weights) => index.setWeights(weights),
  }),
  search: operation({
    isInput: (value): value is IndexQuery => isIndexQuery(value),
    isOutput: (value): value is IndexAnswer => isIndexAnswer(value),
    perform: (index, query, signal) => index.search(query, signal),
  }),
  values: operation({
    isInput: (value): value is { field: FilterField; prefix: string; limit: number } =>
      isRecord(value) &&
      isFilterField(value['field']) &&
      isText(value['prefix']) &&
      isNumber(value['limit']),
    isOutput: (value): value is readonly SearchFacetCount[] => areFacetCounts(value),
    perform: (index, { field, prefix, limit }) => index.values(field, prefix, limit),
  }),
  statistics: operation({
    isInput: isNoInput,
    isOutput: (value): value is IndexStatistics => isIndexStatistics(value),
    perform: index => index.statistics(),
  }),
  save: operation({
    isInput: isNoInput,
    isOutput: isBytes,
    perform: index => index.save(),
  }),
  load: operation({
    isInput: isBytes,
    isOutput: (value): value is boolean => typeof value === 'boolean',
    perform: (index, bytes) => index.load(bytes),
  }),
  clear: operation({
    isInput: isNoInput,
    isOutput: isNothing,
    perform: index => index.clear(),
  }),
};

export function isOperationName(value: unknown): value is OperationName {
  return isText(value) && Object.hasOwn(operations, value);
}

function operation<Input, Output>({
  isInput,
  isOutput,
  perform,
}: {
  isInput: (value: unknown) => value is Input;
  isOutput: (value: unknown) => value is Output;
  perform: (index: SearchIndexClient, input: Input, signal: AbortSignal) => Promise<Output>;
}): Operation<Input, Output> {
  return {
    async answer(index, input, signal) {
      if (!isInput(input)) throw new TypeError('Not what an index can be asked');
      return perform(index, input, signal);
    },
    readOutput(value) {
      if (!isOutput(value)) throw new TypeError('Not what an index answers');
      return value;
    },
  };
}

function isNothing(value: unknown): value is void {
  return value === undefined;
}

/** What asks without saying more. */
function isNoInput(value: unknown): value is true {
  return value === true;
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function areIds(value: unknown): value is ReadonlySet<string> {
  return value instanceof Set && [...(value as ReadonlySet<unknown>)].every(isText);
}

function isStamp(value: unknown): value is Stamp {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    isText(value[0]) &&
    isOptional(value[1] as unknown, isText)
  );
}
