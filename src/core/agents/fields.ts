import * as z from 'zod/mini';

/*
 * What fields of inputs and outputs have in common. Messages are the ends of sentences that begin with the
 * name of the field.
 */

/** Longer than anything that somebody asks for. */
const MAX_TEXT = 1_000;

export function textField(description: string): z.ZodMiniType<string> {
  const error = `must be a text of 1 to ${MAX_TEXT} characters`;
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
export const placeFields = {
  file: z.optional(
    z
      .string()
      .check(
        z.describe(
          'Path below the workspace folder; begins with its name where there are several.',
        ),
      ),
  ),
  line: z.optional(z.int().check(z.describe('Line in the file, counted from 1.'))),
};

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

/** What nobody sees, and models read all the same: controls, what turns text around, and invisible letters. */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\u200b\u2060-\u2064\u{e0000}-\u{e007f}]/gu;

/** On one line, as people see it, and no longer than that. */
export function clipped(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
  if (line.length <= most) return line;
  // No half of a pair of surrogates.
  return `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
