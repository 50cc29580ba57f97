import { compilePattern } from '../../../patterns';

/** Tells in linear time whether a text is matched: patterns come from files that are not trusted. */
export type TextMatcher = (text: string) => boolean;

/** In instructions; nobody writes larger ones. */
const MAX_SIZE = 20_000;

/** @throws Error where the pattern is none, or is too large */
export function matcherOf(expression: string): TextMatcher {
  const pattern = compilePattern(expression, { maxSize: MAX_SIZE });
  if (!pattern) throw new Error('the pattern is too large');
  return text => pattern.test(text);
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
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (escapes && character === '\\') {
      if (++at >= glob.length) throw new Error('nothing follows the backslash at its end');
      source += escapeExpression(glob.charAt(at));
    } else if (character === '*') source += any;
    else if (character === '?') source += one;
    else if (character === '[') {
      const set = /^\[([!^]?)(\]?[^\]]*)\]/.exec(glob.slice(at));
      if (!set) {
        source += '\\[';
        continue;
      }
      at += set[0].length - 1;
      const isNegated = set[1] === '!' || (escapes && set[1] === '^');
      const members = `${isNegated ? '' : (set[1] ?? '')}${set[2] ?? ''}`;
      source += `[${isNegated ? '^' : ''}${members.replace(/[\\\][^]/g, '\\$&')}]`;
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
