/** What work there may be. */
export interface BraceLimits {
  /** Patterns that one may stand for. */
  readonly alternatives: number;
  /** Characters to be looked at. */
  readonly characters: number;
}

const DEFAULT_LIMITS: BraceLimits = { alternatives: 1000, characters: 10_000_000 };

/**
 * The patterns that one with alternatives in braces stands for: `a/{b,c}` for `a/b` and `a/c`. Ranges such as
 * `{1..3}` stay, as do braces that are escaped or hold no comma.
 *
 * @returns undefined where that takes more than the limits
 */
export function alternatives(
  pattern: string,
  limits: BraceLimits = DEFAULT_LIMITS,
): readonly string[] | undefined {
  const found: string[] = [];
  let characters = 0;
  const waiting = [pattern];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    let parts: BraceParts | undefined;
    let start = nextBrace(next, 0);
    for (; start >= 0; start = nextBrace(next, start + 1)) {
      characters += next.length;
      if (characters > limits.characters) return undefined;
      parts = partsOf(next, start);
      if (parts) break;
    }
    if (!parts) {
      found.push(next);
    } else {
      const before = next.slice(0, start);
      const { choices, after } = parts;
      waiting.push(...choices.map(choice => `${before}${choice}${after}`).reverse());
    }
    if (found.length + waiting.length > limits.alternatives) return undefined;
  }
  return found;
}

interface BraceParts {
  readonly choices: readonly string[];
  readonly after: string;
}

function nextBrace(pattern: string, from: number): number {
  let at = pattern.indexOf('{', from);
  while (at > 0 && pattern[at - 1] === '\\') at = pattern.indexOf('{', at + 1);
  return at;
}

/** What stands between the commas of braces, and behind them; undefined where they hold no comma, or never end. */
function partsOf(pattern: string, start: number): BraceParts | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === ',' && depth === 1) {
      choices.push(pattern.slice(from, at));
      from = at + 1;
    } else if (character === '}' && --depth === 0) {
      if (choices.length === 0) return undefined;
      return { choices: [...choices, pattern.slice(from, at)], after: pattern.slice(at + 1) };
    }
  }
  return undefined;
}
