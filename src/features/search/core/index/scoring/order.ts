import { compareCodeUnits } from '../../../../../base';
import type { QueryPlan } from '../plan';
import type { IndexState } from '../storage/writer';
import { fold } from '../text/letters';
import { closenessOf, type Spot, spotsIn } from '../text/spots';
import { squeezed } from '../text/tokenize';
import { similarityOf, type TermMatcher } from './matching';
import { Lift } from './scoring';

/** A matching document. */
export interface Ranked {
  readonly document: number;
  readonly score: number;
}

/** Compares by score, then by length of the name, then by title, so that results are deterministic. */
export function compareRanked(state: IndexState, a: Ranked, b: Ranked): number {
  if (a.score !== b.score) return b.score - a.score;
  const { documents } = state;
  return (
    documents.nameLength(a.document) - documents.nameLength(b.document) ||
    compareDocuments(state, a.document, b.document)
  );
}

/** Compares by title, then by an order that doesn't depend on the order of indexing. */
export function compareDocuments(state: IndexState, a: number, b: number): number {
  const { documents, sources } = state;
  const first = sources[documents.source(a)];
  const second = sources[documents.source(b)];
  return (
    compareTitles(documents.titles[a] ?? '', documents.titles[b] ?? '') ||
    compareCodeUnits(first?.type ?? '', second?.type ?? '') ||
    compareCodeUnits(first?.id ?? '', second?.id ?? '') ||
    a - b
  );
}

function compareTitles(a: string, b: string): number {
  return compareCodeUnits(a.toLowerCase(), b.toLowerCase()) || compareCodeUnits(a, b);
}

/** Number of best documents whose texts are read to rank words that occur close together. */
const READ_TEXTS = 40;
/** Characters of a text to read. */
const READ_LETTERS = 6000;

interface RefineDeps {
  readonly state: IndexState;
  readonly matcher: TermMatcher;
  readonly weightOf: (document: number) => number;
}

/**
 * Refines the scores of the best documents: whether the query is the name or its prefix, how similar it is
 * (fuse.js), and how close together the words occur.
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
  const likeness = similarityOf(plan.text, read);
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

/** A full entity ref. */
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
      // A literal that starts with a slash matches an address, not the slash in a ref.
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
