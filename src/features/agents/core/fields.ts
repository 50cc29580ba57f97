import * as z from 'zod/mini';
import { type FilterPredicate, readPredicate } from '../../../model/predicates';

/* Helpers for fields of inputs and outputs. Error messages complete a sentence that begins with the field's name. */

/** Maximum length of a text in the input, in characters. */
const MAX_TEXT = 1_000;

/** The maximum number of targets to list for each type of relation. */
export const MAX_TARGETS = 20;
/** The maximum number of members to list for a group. */
export const MAX_MEMBERS = 20;

export function textField(description: string): z.ZodMiniType<string> {
  const error = `must be text of 1 to ${MAX_TEXT} characters`;
  return z
    .string({ error })
    .check(z.minLength(1, { error }), z.maxLength(MAX_TEXT, { error }), z.describe(description));
}

export function countField(
  description: string,
  { from = 1, most, usual }: { from?: number; most: number; usual: number },
): z.ZodMiniType<number, number | undefined> {
  const error = `must be a whole number from ${from} to ${most}`;
  return z._default(
    z.int({ error }).check(z.gte(from, { error }), z.lte(most, { error }), z.describe(description)),
    usual,
  );
}

export function choiceField<const T extends readonly string[]>(
  description: string,
  values: T,
): z.ZodMiniType<T[number] | undefined> {
  const error = `must be one of ${values.join(', ')}`;
  return z.optional(z.enum(values, { error }).check(z.describe(description)));
}

/** A filter predicate; undefined matches all entities. */
export function whereField(): z.ZodMiniType<FilterPredicate | undefined> {
  return z.optional(
    z.pipe(
      z
        .record(z.string(), z.unknown(), { error: 'must be an object, such as {"kind": "API"}' })
        .check(
          z.describe(
            'Filter predicate of Backstage on the entity that a result is or belongs to. Keys are dotted paths: ' +
              '{"kind": "Component", "spec.type": {"$in": ["service", "website"]}, "metadata.tags": {"$contains": "java"}}. ' +
              'Also $exists and $hasPrefix on values, and $all, $any and $not around predicates.',
          ),
        ),
      z.transform((written, context): FilterPredicate => {
        const read = readPredicate(written);
        if (read.ok) return read.value;
        const [{ message, path }] = read.error;
        const where = path.length > 0 ? ` at ${path.join(' → ')}` : '';
        context.issues.push({
          code: 'custom',
          input: written,
          message: `is not a predicate${where}: ${clipText(message, MAX_TEXT)}`,
        });
        return z.NEVER;
      }),
    ),
  );
}

/** Line of a file, 1-based. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** Returns `path/to/file.yaml:12`. */
export function citation({ file, line }: Place): string {
  if (file === undefined) return '';
  return line === undefined ? file : `${file}:${line}`;
}

/** Returns ` (path/to/file.yaml:12)`, or an empty string without a file. */
export function citationSuffix(place: Place): string {
  return place.file === undefined ? '' : ` (${citation(place)})`;
}

/**
 * Invisible characters, which models read but people don't see: controls, bidi overrides and ignorable code points.
 * Joiners and variation selectors are allowed in small numbers, because emoji and some scripts need them.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\u200c|\u200d|\ufe0f)\p{Default_Ignorable_Code_Point}|(?:\u200c|\u200d|\ufe0f){3,}/gu;

/** Returns the text on one line, without invisible characters, truncated. */
export function clipText(text: string, most: number): string {
  return truncate(text.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim(), most);
}

/** Escapes invisible characters. For refs and paths, which must stay unambiguous. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, found =>
    Array.from(found, letter => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`).join(''),
  );
}

/** Length of the longest valid ref: kind, namespace and name. */
const MAX_REF = 3 * 63 + 2;

/** Returns a ref with invisible characters escaped, truncated at the maximum length of a valid ref. */
export function displayRef(ref: string): string {
  return truncate(escapeInvisible(ref), MAX_REF);
}

export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  // Don't split a surrogate pair.
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
