import { InputError } from '../../../scm/core/forgeFiles';

/** Maximum number of steps, a few seconds of nunjitsu's reader. */
export const MAX_READING_STEPS = 500_000_000;

/** Characters that a search skips in the time of one step. */
const SKIPPED_PER_STEP = 512;
/** Whitespace characters that trimming reads in the time of one step. */
const BLANKS_PER_STEP = 20;

interface ReadText {
  /** Name of the template in errors. */
  readonly name: string;
  /** `{{ }}` instead of `${{ }}`. */
  readonly cookiecutterCompat?: boolean;
}

/**
 * Limits the steps in which nunjitsu reads templates. For each tag, it searches the rest of the text for the
 * next delimiters, which is quadratic in the number of tags.
 */
export class ReadingBudget {
  #left = MAX_READING_STEPS;

  /**
   * Counts the steps that a text takes.
   * @throws InputError with the position at which the limit is reached
   */
  spend(source: string, { name, cookiecutterCompat = false }: ReadText): void {
    for (const { index, steps } of readingSteps(source, cookiecutterCompat ? '{{' : '${{')) {
      this.#left -= steps;
      if (this.#left >= 0) continue;
      const before = source.slice(0, index).split('\n');
      const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
      throw new InputError(`${name} has too many template tags, the limit is reached at ${place}`);
    }
  }
}

interface TagSteps {
  readonly index: number;
  readonly steps: number;
}

/** Upper bound of the steps of each tag, in the order of the text. */
function readingSteps(source: string, expression: string): readonly TagSteps[] {
  const searched = [expression, '{%', '{#', '#}'].map(delimiter => ({
    delimiter,
    first: delimiter.charAt(0),
    isOpening: delimiter !== '#}',
    /** Next position, and the number of characters like its first one from there on. */
    next: source.length,
    candidates: 0,
  }));
  if (!searched.some(({ delimiter, isOpening }) => isOpening && source.includes(delimiter))) {
    return [];
  }
  const seen = new Map([...'{$#'].map(character => [character, 0]));
  const tags: TagSteps[] = [];
  let trims = false;
  let blanks = 0;
  let trimming = 0;
  for (let index = source.length - 1; index >= 0; index--) {
    const character = source.charAt(index);
    if (trims && /\s/.test(character)) blanks++;
    else if (blanks > 0) {
      trimming += blanks ** 2 / BLANKS_PER_STEP;
      blanks = 0;
    }
    const count = seen.get(character);
    if (count === undefined) continue;
    const found = searched.find(({ delimiter }) => source.startsWith(delimiter, index));
    if (found?.isOpening) {
      let steps = trimming;
      for (const { first, next, candidates } of searched) {
        steps += (seen.get(first) ?? 0) - candidates + (next - index) / SKIPPED_PER_STEP;
      }
      tags.push({ index, steps });
      trimming = 0;
      trims ||= source.startsWith('-', index + found.delimiter.length);
    }
    seen.set(character, count + 1);
    if (found) {
      found.next = index;
      found.candidates = count + 1;
    }
  }
  return tags.reverse();
}
