/** A parsed duration. This is an example: replace it. */
export interface ParsedDuration {
  readonly milliseconds: number;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Parses a duration such as `1h 30m` or `250ms`.
 *
 * @throws SyntaxError if it is invalid
 */
export function parseDuration(text: string): ParsedDuration {
  const parts = text.trim().split(/\s+/);
  let milliseconds = 0;
  for (const part of parts) {
    const [, amount, unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(part) ?? [];
    const factor = UNITS[unit];
    if (amount === undefined || factor === undefined) {
      throw new SyntaxError(`"${text}" is not a duration. Use h, m, s and ms, as in "1h 30m"`);
    }
    milliseconds += Number(amount) * factor;
  }
  return { milliseconds };
}
