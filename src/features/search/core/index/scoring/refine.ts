import type { QueryPlan } from '../plan';
import type { IndexState } from '../storage/state';
import { likenessOf } from '../terms/likeness';
import { fold } from '../text/fold';
import { closenessOf, type Spot, spotsIn } from '../text/spots';
import { squeezed } from '../text/tokenize';
import type { TermMatcher } from './matching';
import { compareRanked, type Ranked } from './order';
import { Lift } from './scoring';

/** Of so many of the best, the texts are looked at for words that stand together. */
const READ_TEXTS = 40;
/** Letters of a text that are looked at for that. */
const READ_LETTERS = 6000;

export interface RefineDeps {
  readonly state: IndexState;
  readonly matcher: TermMatcher;
  readonly weightOf: (document: number) => number;
}

/**
 * Looks closer at the best: whether what was typed is the name, or its beginning, how like it is (fuse.js), and how
 * close together the words stand.
 */
export function* refine(
  ranked: readonly Ranked[],
  { state, matcher, weightOf }: RefineDeps,
): Generator<void, Ranked[]> {
  const { plan } = matcher;
  const { documents } = state;
  const read: (readonly string[])[] = [];
  for (const { document } of ranked) {
    read.push(documents.names(document));
    if (read.length % 50 === 0) yield;
  }
  const likeness = likenessOf(plan.text, read);
  yield;
  const count = plan.words.length + plan.phrases.length;
  const refined: Ranked[] = [];
  for (const [place, { document, score }] of ranked.entries()) {
    const names = read[place] ?? [];
    let more = worthOfWhole(names, plan) + Lift.likeness * (likeness[place] ?? 0);
    if (count > 1) {
      const text = place < READ_TEXTS ? documents.text(document) : undefined;
      more += Lift.closeness * closeness(names, text, matcher, count);
    }
    refined.push({ document, score: score + more * weightOf(document) });
    if (place % 10 === 9) yield;
  }
  return refined.sort((a, b) => compareRanked(state, a, b));
}

/** As entities are called in full. */
const REF = /^[^\s:/]+:[^\s:/]+\/[^\s:/]+$/;

function worthOfWhole(names: readonly string[], { squeezed: wanted, literals }: QueryPlan): number {
  if (!wanted) return 0;
  let best = literals.length ? Lift.notLiteral : 0;
  for (const [place, name] of names.entries()) {
    const own = squeezed(name);
    let worth = 0;
    if (own === wanted) worth = place === 0 ? Lift.wholeTitle : Lift.wholeName;
    else if (own.startsWith(wanted)) {
      worth = Lift.startOfName * (0.5 + (0.5 * wanted.length) / own.length);
    }
    if (literals.length) {
      const folded = fold(name);
      // A slash that something begins with is that of an address, not the one in a ref.
      const isLiteral = literals.every(
        literal => folded.includes(literal) && !(literal.startsWith('/') && REF.test(name)),
      );
      worth = isLiteral ? worth + Lift.literal : Lift.notLiteral;
    }
    best = Math.max(best, worth);
  }
  return best;
}

function closeness(
  names: readonly string[],
  text: string | undefined,
  matcher: TermMatcher,
  count: number,
): number {
  let best = 0;
  const consider = (spots: readonly Spot[]): void => {
    best = Math.max(best, closenessOf(spots, count));
  };
  for (const name of names) consider(spotsIn(name, matcher, false));
  if (best < 1 && text !== undefined) consider(spotsIn(text.slice(0, READ_LETTERS), matcher, true));
  return best;
}
