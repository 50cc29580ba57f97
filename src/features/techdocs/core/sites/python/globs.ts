import { compilePattern, type StepBudget } from '../../../../../platform/core/linearRegExp';

/** Matches a text in linear time, since patterns come from untrusted files. */
export type TextMatcher = (text: string, budget?: StepBudget) => boolean;

/** In instructions. */
const MAX_SIZE = 20_000;

/** @throws Error if the pattern is invalid or too large */
export function matcherOf(expression: string): TextMatcher {
  const pattern = compilePattern(expression, { maxSize: MAX_SIZE });
  if (!pattern) throw new Error('the pattern is too large');
  return (text, budget) => pattern.test(text, budget);
}

export function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/**
 * Converts a shell pattern to an unanchored regular expression.
 *
 * @param options.any - expression for `*`
 * @param options.one - expression for `?`
 * @param options.escapes - whether a backslash escapes the next character
 * @throws Error for a trailing backslash
 */
export function globSource(
  glob: string,
  { any, one, escapes = false }: { any: string; one: string; escapes?: boolean },
): string {
  let source = '';
  // No character class can end after this index.
  const lastEnd = glob.lastIndexOf(']');
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (escapes && character === '\\') {
      if (++at >= glob.length) throw new Error('nothing follows the backslash at its end');
      source += escapeExpression(glob.charAt(at));
    } else if (character === '*') source += any;
    else if (character === '?') source += one;
    else if (character === '[') {
      const sign = glob[at + 1];
      const isNegated = sign === '!' || (escapes && sign === '^');
      const start = at + (isNegated ? 2 : 1);
      // A leading bracket is a member of the class.
      const end = start < lastEnd ? glob.indexOf(']', start + 1) : -1;
      if (end < 0) {
        source += '\\[';
        continue;
      }
      const members = glob.slice(start, end).replace(/[\\\][^]/g, '\\$&');
      source += `[${isNegated ? '^' : ''}${members}]`;
      at = end;
    } else source += escapeExpression(character);
  }
  return source;
}

/** Like `fnmatch.fnmatchcase`: `*` matches slashes, too. @throws Error as `matcherOf` */
export function fnmatch(glob: string): TextMatcher {
  return matcherOf(`^${globSource(glob, { any: '[\\s\\S]*', one: '[\\s\\S]' })}$`);
}

/** Matches one path segment. @throws Error as `matcherOf` */
export function nameMatcher(glob: string): TextMatcher {
  return matcherOf(`^${globSource(glob, { any: '[^\\/]*', one: '[^\\/]' })}$`);
}
