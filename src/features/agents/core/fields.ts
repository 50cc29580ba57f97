import * as z from 'zod/mini';

/*
 * What fields of inputs and outputs have in common. Messages are the ends of sentences that begin with the
 * name of the field.
 */

/** Longer than anything that somebody asks for. */
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

/** Where something is written. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** `path/to/file.yaml:12`, as agents and people cite it. */
export function citation({ file, line }: Place): string {
  if (file === undefined) return '';
  return line === undefined ? file : `${file}:${line}`;
}

/** ` (path/to/file.yaml:12)`, or nothing. */
export function cited(place: Place): string {
  return place.file === undefined ? '' : ` (${citation(place)})`;
}

/**
 * What nobody sees, and models read all the same: controls, what turns text around, and letters that are not shown.
 * Those by which emoji and some scripts are put together are, one by one, and say something only in numbers.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\u200c|\u200d|\ufe0f)\p{Default_Ignorable_Code_Point}|(?:\u200c|\u200d|\ufe0f){3,}/gu;

/** On one line, as people see it, and no longer than that. */
export function clipped(text: string, most: number): string {
  return cut(text.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim(), most);
}

/** With what nobody sees spelt out, for what is the same only as a whole: refs and paths. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, found =>
    Array.from(found, letter => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`).join(''),
  );
}

/** Of a kind, a namespace and a name. */
const MAX_REF = 3 * 63 + 2;

/** A ref, as long as there are any: what is longer leads to nothing. */
export function shownRef(ref: string): string {
  return cut(visible(ref), MAX_REF);
}

export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // No half of a pair of surrogates.
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
