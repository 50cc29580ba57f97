import picomatch from 'picomatch';

export interface GlobOptions {
  /** Upper and lower case alike. */
  readonly ignoreCase?: boolean;
  /** Whether wildcards match names that start with a dot. */
  readonly dots?: boolean;
  /** Whether a `!` before the pattern turns it around. */
  readonly negation?: boolean;
}

/**
 * A pattern as `minimatch` understands it, with which Backstage finds files and applies its rules:
 * `[!a]` is a negation, a parenthesis is one unless something like `@` stands before it, `**` beside
 * other characters is a `*`, and a name is not matched only because it is spelled like the pattern.
 */
export function globExpression(
  pattern: string,
  { ignoreCase = false, dots = false, negation = false }: GlobOptions = {},
): RegExp {
  const start = negation ? pattern.search(/[^!]|$/) : 0;
  const glob = pattern
    .slice(start)
    .replaceAll('[!', '[^')
    .replace(/(?<![!?*+@\\])\(/g, '\\(')
    .replace(/(?<=[^/{,(|*])\*{2,}|\*{2,}(?=[^/},)|*])/g, '*');
  return picomatch.makeRe(`${'!'.repeat(start)}${glob}`, {
    literalBrackets: false,
    regex: false,
    nonegate: !negation,
    nocase: ignoreCase,
    dot: dots,
  });
}
