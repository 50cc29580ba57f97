import { compilePattern } from '../../../../platform/core/linearRegExp';

/** A pattern that must match part of a text. */
export interface PatternCheck {
  readonly source: string;
  readonly text: string;
}

/** `undecided` if the text is too long for the pattern. */
export type PatternResult = 'matches' | 'differs' | 'undecided';

/** Maximum size of a compiled pattern, in instructions. */
export const MAX_PATTERN_SIZE = 2000;

/** Instructions times characters, about one or two seconds. */
const MAX_EFFORT = 200_000_000;

/** Patterns never backtrack, so their cost is known in advance. */
export function matchAll(checks: readonly PatternCheck[]): readonly PatternResult[] {
  let left = MAX_EFFORT;
  return checks.map(({ source, text }) => {
    const pattern = compilePattern(source, { maxSize: MAX_PATTERN_SIZE });
    left -= (pattern?.size ?? 0) * text.length;
    if (!pattern || left < 0) return 'undecided';
    return pattern.test(text) ? 'matches' : 'differs';
  });
}
