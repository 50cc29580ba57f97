import { getOrInsert } from '../../base';
import type { SchemaError, SchemaValidator } from '../generated/validators';

/** An error of a JSON schema, with its place in the value. */
export interface SchemaIssue {
  /** Backstage's message: `/spec/owner must be string - type: string`. */
  readonly message: string;
  /** Keys and indices from the root. */
  readonly path: readonly (string | number)[];
  /**
   * Token to underline: the key at the end of the path, or its value. For a missing property, the
   * path leads to its parent, whose key is underlined.
   */
  readonly at: 'key' | 'value';
  /** Keyword of the schema, such as `required`. */
  readonly keyword?: string;
  /** Name of the missing property. */
  readonly missing?: string;
  /** Likely intended values. */
  readonly suggestions?: readonly string[];
  /** Expected type of a value with the wrong type: `string`, `array` and so on. */
  readonly expectedType?: string;
  /** Allowed values, as texts, of a value that isn't one of them. */
  readonly allowedValues?: readonly string[];
}

/** Maximum number of issues per document: a list of 100,000 wrong values is one mistake. */
export const MAX_ISSUES = 100;

/**
 * Validates a value and returns its issues: first the one that Backstage reports, which is the
 * first error, then other errors that help to fix the value, at most {@link MAX_ISSUES}.
 */
export function schemaIssues(
  validate: SchemaValidator,
  value: unknown,
  word: (error: SchemaError) => string = wordWithParams,
): readonly SchemaIssue[] {
  if (validate(value)) return [];
  const issues = new Map<string, SchemaIssue>();
  for (const error of usefulErrors(validate.errors ?? [])) {
    const message = word(error);
    if (!issues.has(message)) issues.set(message, toIssue(error, value, message));
    if (issues.size === MAX_ISSUES) break;
  }
  return [...issues.values()];
}

/**
 * Filters errors of alternatives: of each `oneOf` or `anyOf`, keeps only errors of the closest
 * alternative. Always keeps the first error, which Backstage shows.
 */
function usefulErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const alternatives = new Map<string, SchemaError[]>();
  for (const error of errors) {
    const place = alternativeOf(error);
    if (place === undefined) continue;
    getOrInsert(alternatives, place, () => []).push(error);
  }
  if (!alternatives.size) return errors;
  const nearest = new Map<string, string>();
  for (const [place, objections] of alternatives) {
    const group = place.slice(0, place.lastIndexOf('/'));
    const best = nearest.get(group);
    if (
      best === undefined ||
      distance(place, objections) < distance(best, alternatives.get(best) ?? [])
    ) {
      nearest.set(group, place);
    }
  }
  return errors.filter((error, index) => {
    if (index === 0) return true;
    const place = alternativeOf(error);
    if (place) return nearest.get(place.slice(0, place.lastIndexOf('/'))) === place;
    return !isSummary(error);
  });
}

/** Returns the schema path of the alternative with the error, such as `#/…/parameters/oneOf/1`. */
function alternativeOf({ schemaPath }: SchemaError): string | undefined {
  return /^.*?\/(?:oneOf|anyOf)\/\d+(?=\/)/.exec(schemaPath)?.[0];
}

/** Whether the error only summarizes other errors in the list. */
function isSummary({ keyword }: SchemaError): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf' || keyword === 'if';
}

/** Returns the number of errors; infinite for an alternative of another type than the value. */
function distance(place: string, objections: readonly SchemaError[]): number {
  return objections.some(({ schemaPath }) => schemaPath === `${place}/type`)
    ? Infinity
    : objections.length;
}

function toIssue(error: SchemaError, value: unknown, message: string): SchemaIssue {
  const { keyword, instancePath, params } = error;
  const path = pathOf(instancePath, value);
  switch (keyword) {
    case 'required':
      return { message, path, at: 'key', keyword, missing: String(params['missingProperty']) };
    case 'additionalProperties':
      return {
        message,
        path: [...path, String(params['additionalProperty'])],
        at: 'key',
        keyword,
      };
    case 'type':
      return { message, path, at: 'value', keyword, expectedType: String(params['type']) };
    case 'enum': {
      const { allowedValues } = params;
      return {
        message,
        path,
        at: 'value',
        keyword,
        ...(Array.isArray(allowedValues) && { allowedValues: allowedValues.map(String) }),
      };
    }
    default:
      return { message, path, at: 'value', keyword };
  }
}

/** Formats an error like Backstage's schema validators: `/spec/owner must be string - type: string`. */
function wordWithParams(error: SchemaError): string {
  const details = Object.entries(error.params).map(([key, detail]) => `${key}: ${String(detail)}`);
  return `${wordBriefly(error)} - ${details.join(', ')}`;
}

/**
 * Parses a message of Backstage's schema validators, for callers without the schema; undefined for
 * other messages.
 *
 * @param value - the validated value
 */
export function readSchemaIssue(message: string, value: unknown): SchemaIssue | undefined {
  const [, pointer = '', parameter, detail = ''] =
    /^(?:<root>|(\/\S*)) must .* - (\w+): (.*)$/s.exec(message) ?? [];
  if (parameter === undefined) return undefined;
  const path = pathOf(pointer, value);
  if (parameter === 'missingProperty') return { message, path, at: 'key', missing: detail };
  return {
    message,
    path,
    at: 'value',
    ...(parameter === 'type' && { expectedType: detail }),
    ...(parameter === 'allowedValues' && { allowedValues: detail.split(',') }),
  };
}

/** Formats an error like Backstage's policies: without the details. */
export function wordBriefly({ instancePath, message }: SchemaError): string {
  return `${instancePath || '<root>'} ${message ?? ''}`;
}

/** Returns the segments of a JSON pointer, with numbers for array indices. */
function pathOf(pointer: string, value: unknown): readonly (string | number)[] {
  if (!pointer) return [];
  let current = value;
  return pointer
    .slice(1)
    .split('/')
    .map(segment => {
      const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(current) ? Number(key) : key;
      current = (current as Record<string | number, unknown> | undefined)?.[step];
      return step;
    });
}
