import { compilePattern } from '../../../../platform/core/patterns';

/** A pattern that is to match somewhere in a text. */
export interface PatternCheck {
  readonly source: string;
  readonly text: string;
}

/** Undecided where the text is too long for the pattern. */
export type PatternVerdict = 'matches' | 'differs' | 'undecided';

/** In instructions. */
export const MAX_PATTERN_SIZE = 2000;

/** Instructions times characters: what a second or two is enough for. */
const MAX_EFFORT = 200_000_000;

/** Patterns never backtrack: what they take is known before, however hostile they are. */
export function matchAll(checks: readonly PatternCheck[]): readonly PatternVerdict[] {
  let left = MAX_EFFORT;
  return checks.map(({ source, text }) => {
    const pattern = compilePattern(source, { maxSize: MAX_PATTERN_SIZE });
    left -= (pattern?.size ?? 0) * text.length;
    if (!pattern || left < 0) return 'undecided';
    return pattern.test(text) ? 'matches' : 'differs';
  });
}
