import type { SearchPreferences } from '../../types';
import { Flag, hashOfRef } from '../documents';
import type { IndexState } from '../storage/state';
import { compareDocuments } from './order';
import { Lift } from './scoring';

/** How much documents are lifted for who asks, and for what they are. */
export class Lifts {
  #state: IndexState;
  /** By hash of the ref. */
  #ofRefs = new Map<number, number>();
  /** Numbers of the values of owners that count as the user. */
  #mine: ReadonlySet<number>;
  #mineRefs: ReadonlySet<number>;

  constructor(state: IndexState, { mine, starred, recent }: SearchPreferences) {
    this.#state = state;
    const raise = (ref: string, by: number): void => {
      const hash = hashOfRef(ref.toLowerCase());
      this.#ofRefs.set(hash, (this.#ofRefs.get(hash) ?? 0) + by);
    };
    for (const ref of starred) raise(ref, Lift.starred);
    for (const [place, ref] of recent.entries()) raise(ref, Lift.recent / (1 + place / 8));
    this.#mineRefs = new Set(mine.map(ref => hashOfRef(ref.toLowerCase())));
    this.#mine = new Set(
      mine.flatMap(ref => state.facetValues.numberOf('owner', ref.toLowerCase()) ?? []),
    );
  }

  isMine(document: number): boolean {
    const { documents } = this.#state;
    if (this.#mineRefs.size === 0) return false;
    if (this.#mineRefs.has(documents.ref(document))) return true;
    if (this.#mine.size === 0) return false;
    const to = documents.valuesFrom(document + 1);
    for (let at = documents.valuesFrom(document); at < to; at++) {
      if (this.#mine.has(documents.values[at] ?? 0)) return true;
    }
    return false;
  }

  of(document: number): number {
    const { documents } = this.#state;
    let lift = this.#ofRefs.size ? (this.#ofRefs.get(documents.ref(document)) ?? 0) : 0;
    if (this.isMine(document)) lift += Lift.mine;
    lift = Math.min(lift, Lift.most);
    if (documents.has(document, Flag.entity)) lift += Lift.entity;
    if (documents.has(document, Flag.deprecated)) lift += Lift.deprecated;
    return lift;
  }
}

/** The entities that somebody is likely to want who has typed nothing: recent ones, starred ones, their own. */
export function likelyDocuments(
  state: IndexState,
  { mine, starred, recent }: SearchPreferences,
): readonly number[] {
  const { documents } = state;
  const byRef = new Map<number, number>();
  for (const ref of [...recent, ...starred]) {
    const hash = hashOfRef(ref.toLowerCase());
    if (!byRef.has(hash)) byRef.set(hash, byRef.size);
  }
  const lifts = new Lifts(state, { mine, starred: [], recent: [] });
  const wanted: { document: number; place: number }[] = [];
  for (let document = 0; document < documents.size; document++) {
    if (!documents.has(document, Flag.entity) || documents.isGone(document)) continue;
    const place =
      byRef.get(documents.ref(document)) ?? (lifts.isMine(document) ? byRef.size : undefined);
    if (place !== undefined) wanted.push({ document, place });
  }
  return wanted
    .sort((a, b) => a.place - b.place || compareDocuments(state, a.document, b.document))
    .map(({ document }) => document);
}
