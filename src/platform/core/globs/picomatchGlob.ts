import picomatch from 'picomatch/posix';
import { compilePattern, type Pattern, type StepBudget } from '../patterns';
import type { MeteredPattern } from './stepMeter';

export interface PicomatchOptions {
  /** Whether `[!a]` is a negated class, as in a shell. */
  readonly posix?: boolean;
}

/**
 * Pattern as picomatch understands it, with which settings and fast-glob match files. The library only reads it: the
 * regular expression that it makes is compiled to a pattern that never backtracks.
 */
export class PicomatchGlob implements MeteredPattern {
  readonly text: string;
  readonly #pattern: Pattern;

  /** @throws Error if it is larger than any that somebody would write, or refers to one of its groups */
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

  /** @param path - without `.` and `..` between its slashes */
  matches(path: string, budget: StepBudget): boolean {
    return this.#pattern.test(path, budget);
  }
}

/** The same patterns are matched again and again. */
const recent = new Map<string, Pattern | Error>();
const MAX_RECENT = 100;
const MAX_LENGTH = 4096;
/** The library takes time in proportion to the cube of groups in groups. */
const MAX_GROUPS = 50;
/** In instructions. */
const MAX_SIZE = 10_000;
/** Lookahead of the library before each character of `**`. It never matters: no name in a path is `.` or `..`. */
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
