import { MinimatchGlob, type MinimatchOptions } from './minimatchGlob';
import { StepMeter } from './stepMeter';

type GlobOptions = MinimatchOptions;

/** Pattern of a location or a rule, with minimatch's syntax. */
export class Glob {
  readonly #pattern: MinimatchGlob | undefined;
  readonly #meter = new StepMeter();

  constructor(pattern: string, options: GlobOptions = {}) {
    this.#pattern = compiled(pattern, options);
  }

  /** Whether the pattern is too large or took too long to match. It matches nothing then. */
  get isTooComplex(): boolean {
    return !this.#pattern || this.#meter.dropped.length > 0;
  }

  test(path: string): boolean {
    return this.#pattern !== undefined && this.#meter.matches(this.#pattern, path);
  }
}

/**
 * Whether a pattern exceeds the size limit, which no hand-written target reaches.
 *
 * @param target - with `/` between its segments: a `\` escapes the next character
 */
export function isTooComplex(target: string): boolean {
  return isPattern(target) && compiled(target, {}) === undefined;
}

/** Recently compiled patterns: the same ones are matched repeatedly. */
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
    // The pattern is too large.
  }
  recent.set(key, glob);
  return glob;
}

/** Whether a target of a Location has wildcards or alternatives. */
export function isPattern(target: string): boolean {
  return /[*?{}[\]]|[!+@]\(/.test(target);
}
