import { compilePattern, type Pattern, type StepBudget } from '../patterns';
import { type PicomatchOptions, picomatchSource } from './picomatchSource';
import type { MeteredPattern } from './stepMeter';

/** In instructions. */
const MAX_SIZE = 10_000;
const MAX_LENGTH = 4096;

/** Pattern as picomatch understands it, with which settings and fast-glob match files. */
export class PicomatchGlob implements MeteredPattern {
  readonly text: string;
  /** Undefined if it matches nothing. */
  readonly #pattern: Pattern | undefined;

  /** @throws Error if it is larger than any that somebody would write, or refers to one of its groups */
  constructor(text: string, options: PicomatchOptions = {}) {
    this.text = text;
    const key = `${Number(options.posix === true)}${text}`;
    if (recent.has(key)) {
      this.#pattern = recent.get(key);
      return;
    }
    this.#pattern = compiled(text, options);
    if (recent.size >= MAX_RECENT) recent.clear();
    recent.set(key, this.#pattern);
  }

  matches(path: string, budget: StepBudget): boolean {
    return this.#pattern?.test(path, budget) === true;
  }
}

/** The same patterns are matched again and again. */
const recent = new Map<string, Pattern | undefined>();
const MAX_RECENT = 100;

function compiled(text: string, options: PicomatchOptions): Pattern | undefined {
  if (text.length > MAX_LENGTH) throw new RangeError('The pattern is too long');
  const source = picomatchSource(text, options);
  if (!isExpression(source)) return undefined;
  const pattern = compilePattern(source, { maxSize: MAX_SIZE, isUnicode: false });
  if (!pattern) throw new RangeError('The pattern is too large');
  return pattern;
}

function isExpression(source: string): boolean {
  try {
    new RegExp(source);
  } catch {
    return false;
  }
  return true;
}
