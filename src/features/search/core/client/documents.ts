import type { SearchDocument } from '../../../../api';
import { isRecord } from '../../../../base';

/** Whether what a collator gave can be put into an index. */
export function areDocuments(value: unknown): value is readonly SearchDocument[] {
  return Array.isArray(value) && value.every(isDocument);
}

function isDocument(value: unknown): value is SearchDocument {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    isText(value['title']) &&
    isOptional(value['names'], areTexts) &&
    isOptional(value['keywords'], areTexts) &&
    isOptional(value['text'], isText) &&
    isOptional(value['path'], areTexts) &&
    isOptional(value['ref'], isText) &&
    isOptional(value['facets'], areFacets) &&
    isOptional(value['location'], isLocation) &&
    isOptional(value['target'], isTarget) &&
    isOptional(value['icon'], isText)
  );
}

function areFacets(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(values => isOptional(values, areTexts));
}

function isLocation(value: unknown): boolean {
  return isRecord(value) && isText(value['file']) && isOptional(value['range'], isRange);
}

function isRange(value: unknown): boolean {
  return isRecord(value) && isPosition(value['start']) && isPosition(value['end']);
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && isNumber(value['line']) && isNumber(value['character']);
}

/** What there is of each type is looked at by who opens it. */
function isTarget(value: unknown): boolean {
  return isRecord(value) && isText(value['type']);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isOptional(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}
