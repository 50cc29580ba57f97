import type { AnswerId, QualityCase } from './types';

/** Number of results that a user looks at. */
export const SEEN = 10;

export interface CaseScore {
  /**
   * 1 / rank of the first expected result. If an expected order is violated, 1 / rank of the last result that should
   * precede another one; 0 if an excluded result is shown.
   */
  readonly reciprocalRank: number;
  /** Share of the expected results, at most ten, among the first ten. */
  readonly recall: number;
}

export interface MeanScore {
  readonly cases: number;
  readonly reciprocalRank: number;
  readonly recall: number;
}

/** @param found - first results, best first */
export function scoreCase(
  { expected, order = [], never = [] }: QualityCase,
  found: readonly AnswerId[],
): CaseScore {
  const seen = found.slice(0, SEEN);
  const answers = expected.map(answer => (typeof answer === 'string' ? [answer] : answer));
  const matches = answers.filter(names => names.some(name => seen.includes(name))).length;
  const recall = matches / Math.min(SEEN, answers.length);
  if (never.some(id => seen.includes(id))) return { reciprocalRank: 0, recall };
  const first = seen.findIndex(id => answers.some(names => names.includes(id)));
  const late = order.flatMap((id, index) => {
    const place = seen.indexOf(id);
    const isBroken = order
      .slice(index + 1)
      .some(after => seen.includes(after) && (place < 0 || seen.indexOf(after) < place));
    return isBroken ? [place] : [];
  });
  const places = [first, ...late];
  const reciprocalRank = places.includes(-1) ? 0 : 1 / (Math.max(...places) + 1);
  return { reciprocalRank, recall };
}

export function meanOf(scores: readonly CaseScore[]): MeanScore {
  const mean = (of: (score: CaseScore) => number): number =>
    scores.length ? scores.reduce((sum, score) => sum + of(score), 0) / scores.length : 0;
  return {
    cases: scores.length,
    reciprocalRank: mean(score => score.reciprocalRank),
    recall: mean(score => score.recall),
  };
}
