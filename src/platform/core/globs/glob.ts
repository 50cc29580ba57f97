import { MinimatchGlob, type MinimatchOptions } from './minimatchGlob';
import { StepMeter } from './stepMeter';

type GlobOptions = MinimatchOptions;

/** Pattern of a location or a rule, as minimatch understands it. */
export class Glob {
  readonly #pattern: MinimatchGlob | undefined;
  readonly #meter = new StepMeter();

  constructor(pattern: string, options: GlobOptions = {}) {
    this.#pattern = compiled(pattern, options);
  }

  /** Whether it is too large, or took too long to match: then it matches nothing. */
  get isTooComplex(): boolean {
    return !this.#pattern || this.#meter.dropped.length > 0;
  }

  test(path: string): boolean {
    return this.#pattern !== undefined && this.#meter.matches(this.#pattern, path);
  }
}

/**
 * Whether a pattern is larger than any that somebody would write. No real target comes near.
 *
 * @param target - with `/` between its segments: a `\` escapes what follows it
 */
export function isTooComplex(target: string): boolean {
  return isPattern(target) && compiled(target, {}) === undefined;
}

/** The same patterns are matched again and again. */
const recent = new Map<string, MinimatchGlob | undefined>();
const MAX_RECENT = 100;

function compiled(pattern: string, options: GlobOptions): MinimatchGlob | undefined {
  const { ignoreCase = false, dots = false, negation = false } = options;
  const key = `${Number(ignoreCase)}${Number(dots)}${Number(negation)}${pattern}`;
  if (recent.has(key)) return recent.get(key);
  if (recent.size >= MAX_RECENT) recent.clear();
  let glob: MinimatchGlob | undefined;
  try {
    glob = new MinimatchGlob(pattern, options);
  } catch {
    // It is too large.
  }
  recent.set(key, glob);
  return glob;
}

/** Whether a target of a Location has wildcards, or alternatives. */
export function isPattern(target: string): boolean {
  return /[*?{}[\]]|[!+@]\(/.test(target);
}
