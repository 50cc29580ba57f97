import { getOrInsert } from '../../base';
import type { SchemaError, SchemaValidator } from '../generated/validators';

/** One objection of a JSON schema, with the place in the value that it is about. */
export interface SchemaIssue {
  /** As Backstage words it: `/spec/owner must be string - type: string`. */
  readonly message: string;
  /** Keys and indices from the root of the value. */
  readonly path: readonly (string | number)[];
  /**
   * The token that a range should mark: the key at the end of the path, or the value there. Where a
   * property is missing, the path leads to its parent and the parent's key is meant.
   */
  readonly at: 'key' | 'value';
  /** The keyword of the schema, such as `required`. */
  readonly keyword?: string;
  /** The property that is missing. */
  readonly missing?: string;
  /** What the value may have been meant to be. */
  readonly suggestions?: readonly string[];
  /** What the value should be where it is of another type: `string`, `array` and the like. */
  readonly expectedType?: string;
  /** All that the value may be, as texts, where it is none of that. */
  readonly allowedValues?: readonly string[];
}

/**
 * The most that is said about one document at a time: a list of 100,000 wrong values is one mistake,
 * and nobody reads on.
 */
export const MAX_ISSUES = 100;

/**
 * Calls the validator and turns its errors into issues: the one that Backstage reports first, which
 * is the first, then those of the others that help to mend the value, {@link MAX_ISSUES} at most.
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
 * Leaves out what a value is told because it took none of several alternatives: of each `oneOf` or
 * `anyOf` only the objections of the alternative that came nearest stay. The first error always
 * stays, as it is what Backstage shows.
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

/** The path in the schema of the alternative that objects, such as `#/…/parameters/oneOf/1`. */
function alternativeOf({ schemaPath }: SchemaError): string | undefined {
  return /^.*?\/(?:oneOf|anyOf)\/\d+(?=\/)/.exec(schemaPath)?.[0];
}

/** Whether the error only says that others, which are listed too, were found. */
function isSummary({ keyword }: SchemaError): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf' || keyword === 'if';
}

/** An alternative that the value has the wrong type for is further away than any other. */
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

/** The wording of Backstage's schema validators: `/spec/owner must be string - type: string`. */
function wordWithParams(error: SchemaError): string {
  const details = Object.entries(error.params).map(([key, detail]) => `${key}: ${String(detail)}`);
  return `${wordBriefly(error)} - ${details.join(', ')}`;
}

/**
 * What a message in the wording of Backstage's schema validators says, for who does not have the schema;
 * undefined for any other message.
 *
 * @param value - what the schema objects to
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

/** The wording of its policies, without the second half. */
export function wordBriefly({ instancePath, message }: SchemaError): string {
  return `${instancePath || '<root>'} ${message ?? ''}`;
}

/** The segments of a JSON pointer, numbers where they index an array of the value. */
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
