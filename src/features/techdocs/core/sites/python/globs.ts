import { compilePattern, type StepBudget } from '../../../../../platform/core/patterns';

/** Tells in linear time whether a text is matched: patterns come from files that are not trusted. */
export type TextMatcher = (text: string, budget?: StepBudget) => boolean;

/** In instructions; nobody writes larger ones. */
const MAX_SIZE = 20_000;

/** @throws Error where the pattern is none, or is too large */
export function matcherOf(expression: string): TextMatcher {
  const pattern = compilePattern(expression, { maxSize: MAX_SIZE });
  if (!pattern) throw new Error('the pattern is too large');
  return (text, budget) => pattern.test(text, budget);
}

export function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/**
 * A shell pattern as a regular expression, unanchored.
 *
 * @param options.any - what `*` stands for
 * @param options.one - what `?` stands for
 * @param options.escapes - whether a backslash takes away the meaning of what follows it
 * @throws Error where nothing follows a backslash
 */
export function globSource(
  glob: string,
  { any, one, escapes = false }: { any: string; one: string; escapes?: boolean },
): string {
  let source = '';
  // No class closes behind it.
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
      // A bracket that comes first is a member.
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

/** As `fnmatch.fnmatchcase`: `*` goes beyond slashes. @throws Error as `matcherOf` */
export function fnmatch(glob: string): TextMatcher {
  return matcherOf(`^${globSource(glob, { any: '[\\s\\S]*', one: '[\\s\\S]' })}$`);
}

/** Of one name on a path. @throws Error as `matcherOf` */
export function nameMatcher(glob: string): TextMatcher {
  return matcherOf(`^${globSource(glob, { any: '[^\\/]*', one: '[^\\/]' })}$`);
}
