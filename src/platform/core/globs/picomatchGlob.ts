import picomatch from 'picomatch/posix';
import { compilePattern, type Pattern, type StepBudget } from '../linearRegExp';
import type { MeteredPattern } from './stepMeter';

export interface PicomatchOptions {
  /** Whether `[!a]` is a negated class, as in a shell. */
  readonly posix?: boolean;
}

/**
 * Pattern with picomatch's syntax, which settings and fast-glob use. The library only parses it: its regular expression
 * is compiled to a pattern that never backtracks.
 */
export class PicomatchGlob implements MeteredPattern {
  readonly text: string;
  readonly #pattern: Pattern;

  /** @throws Error if the pattern exceeds the size limit or has back references */
  constructor(text: string, { posix = false }: PicomatchOptions = {}) {
    this.text = text;
    const key = `${Number(posix)}${text}`;
    let pattern = recent.get(key);
    if (!pattern) {
      pattern = compiled(text, posix);
      if (recent.size >= MAX_RECENT) recent.clear();
      recent.set(key, pattern);
    }
    if (pattern instanceof Error) throw pattern;
    this.#pattern = pattern;
  }

  /**
   * @param path - without `.` and `..` segments
   */
  matches(path: string, budget: StepBudget): boolean {
    return this.#pattern.test(path, budget);
  }
}

/** Recently compiled patterns: the same ones are matched repeatedly. */
const recent = new Map<string, Pattern | Error>();
const MAX_RECENT = 100;
const MAX_LENGTH = 4096;
/** The maximum number of groups: the library's time grows with the cube of nested groups. */
const MAX_GROUPS = 50;
/** The maximum number of instructions. */
const MAX_SIZE = 10_000;
/** The library's lookahead before each character of `**`. It never matters: no segment of a path is `.` or `..`. */
const NO_DOTS = '(?!(?:^|\\/)\\.{1,2}(?:\\/|$))';

function compiled(glob: string, posix: boolean): Pattern | Error {
  const groups = glob.match(/[({]/g)?.length ?? 0;
  if (glob.length > MAX_LENGTH || groups > MAX_GROUPS) {
    return new RangeError('The pattern is too long, or has too many groups');
  }
  const options = { dot: true, ...(posix && { posix }) };
  try {
    const source = picomatch.makeRe(glob, options).source.replaceAll(NO_DOTS, '');
    const pattern = compilePattern(source, { maxSize: MAX_SIZE, isUnicode: false });
    return pattern ?? new RangeError('The pattern is too large');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
