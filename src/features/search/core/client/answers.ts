import type { MarkedText, SearchFacetCount } from '../../../../api';
import { isRecord } from '../../../../base';
import type { FilterField, IndexAnswer, IndexHit, IndexQuery, IndexStatistics } from '../types';
import { isDocument, isNumber, isOptional, isText } from './documents';

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

export function isFilterField(value: unknown): value is FilterField {
  return isText(value) && Object.hasOwn(fields, value);
}

export function isIndexQuery(value: unknown): value is IndexQuery {
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

export function isIndexAnswer(value: unknown): value is IndexAnswer {
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

export function areFacetCounts(value: unknown): value is readonly SearchFacetCount[] {
  return isListOf(isFacetCount, value);
}

function isFacetCount(value: unknown): value is SearchFacetCount {
  return isRecord(value) && isText(value['value']) && isNumber(value['count']);
}

export function isIndexStatistics(value: unknown): value is IndexStatistics {
  return isRecord(value) && isNumber(value['sources']) && isNumber(value['documents']);
}

export function areWeights(value: unknown): value is Readonly<Record<string, number>> {
  return isRecord(value) && Object.values(value).every(isNumber);
}

function areTexts(value: unknown): value is readonly string[] {
  return isListOf(isText, value);
}

export function isListOf<T>(
  is: ((value: unknown) => value is T) | ((value: unknown) => boolean),
  value: unknown,
): value is readonly T[] {
  return Array.isArray(value) && value.every(item => is(item));
}
