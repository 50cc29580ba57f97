import picomatch from 'picomatch';

export interface GlobOptions {
  /** Upper and lower case alike. */
  readonly ignoreCase?: boolean;
  /** Whether wildcards match names that start with a dot. */
  readonly dots?: boolean;
}

/**
 * A pattern as `minimatch` understands it, with which Backstage finds files and applies its rules:
 * `[!a]` is a negation, a parenthesis is one unless something like `@` stands before it, `**` beside
 * other characters is a `*`, and a name is not matched only because it is spelled like the pattern.
 */
export function globExpression(
  pattern: string,
  { ignoreCase = false, dots = false }: GlobOptions = {},
): RegExp {
  const glob = pattern
    .replaceAll('[!', '[^')
    .replace(/(?<![!?*+@\\])\(/g, '\\(')
    .replace(/(?<=[^/{,(|*])\*{2,}|\*{2,}(?=[^/},)|*])/g, '*');
  return picomatch.makeRe(glob, { literalBrackets: false, nocase: ignoreCase, dot: dots });
}
