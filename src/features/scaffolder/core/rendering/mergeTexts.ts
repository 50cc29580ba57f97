import { diffArrays } from 'diff';

/** Base and both changed versions of a text. */
export interface MergeRequest {
  readonly base: string;
  readonly mine: string;
  readonly next: string;
  /** Labels of conflict markers. */
  readonly labels: { readonly mine: string; readonly next: string };
}

export interface MergeReply {
  /** Merged text. Conflicting lines are between conflict markers. */
  readonly text: string;
  readonly conflicts: number;
}

/** Texts that differ in more lines are not compared, which takes quadratic time. */
const MAX_EDITS = 2000;

/**
 * Merges two changes of a text, as `git merge-file` does. Adjacent changes conflict unless they are equal.
 * @returns undefined for texts that differ too much
 */
export function mergeTexts({ base, mine, next, labels }: MergeRequest): MergeReply | undefined {
  const old = linesOf(base);
  const ours = linesOf(mine);
  const theirs = linesOf(next);
  const own = changesOf(old, ours);
  const others = own && changesOf(old, theirs);
  if (!own || !others) return undefined;
  let text = '';
  let conflicts = 0;
  let at = 0;
  for (const { start, end, mine: one, next: other } of regionsOf(own, others)) {
    text += joined(old.slice(at, start));
    at = end;
    const left = sideOf(one, ours, { start, end });
    const right = sideOf(other, theirs, { start, end });
    if (one.length === 0 || joined(left) === joined(right)) text += joined(right);
    else if (other.length === 0) text += joined(left);
    else {
      conflicts++;
      text += conflictOf(left, right, labels);
    }
  }
  return { text: text + joined(old.slice(at)), conflicts };
}

/** Lines with their line ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function joined(lines: readonly string[]): string {
  return lines.join('');
}

/** Replaced lines of the base. */
interface Change {
  readonly start: number;
  readonly end: number;
  /** Replacement in the changed text. */
  readonly newStart: number;
  readonly newEnd: number;
}

function changesOf(base: readonly string[], changed: readonly string[]): Change[] | undefined {
  const parts = diffArrays([...base], [...changed], { maxEditLength: MAX_EDITS });
  if (!parts) return undefined;
  const changes: Change[] = [];
  let start = 0;
  let newStart = 0;
  for (const { added, removed, count } of parts) {
    const end = added ? start : start + count;
    const newEnd = removed ? newStart : newStart + count;
    const last = changes.at(-1);
    if ((added || removed) && last?.end === start && last.newEnd === newStart) {
      changes.splice(-1, 1, { ...last, end, newEnd });
    } else if (added || removed) changes.push({ start, end, newStart, newEnd });
    start = end;
    newStart = newEnd;
  }
  return changes;
}

/** Lines of the base with adjacent changes of both sides. */
interface Region {
  readonly start: number;
  end: number;
  readonly mine: Change[];
  readonly next: Change[];
}

function regionsOf(own: readonly Change[], others: readonly Change[]): readonly Region[] {
  const changes = [
    ...own.map(change => ({ change, side: 'mine' as const })),
    ...others.map(change => ({ change, side: 'next' as const })),
  ].sort((a, b) => a.change.start - b.change.start || a.change.end - b.change.end);
  const regions: Region[] = [];
  for (const { change, side } of changes) {
    let region = regions.at(-1);
    if (!region || change.start > region.end) {
      region = { start: change.start, end: change.end, mine: [], next: [] };
      regions.push(region);
    }
    region.end = Math.max(region.end, change.end);
    region[side].push(change);
  }
  return regions;
}

/** One side's version of a region, including unchanged lines of the base. */
function sideOf(
  changes: readonly Change[],
  lines: readonly string[],
  { start, end }: { readonly start: number; readonly end: number },
): readonly string[] {
  const [first] = changes;
  const last = changes.at(-1);
  if (!first || !last) return [];
  return lines.slice(first.newStart - (first.start - start), last.newEnd + (end - last.end));
}

const MARKER = 7;

/** Equal lines at the start and end stay outside the markers. */
function conflictOf(
  mine: readonly string[],
  next: readonly string[],
  labels: MergeRequest['labels'],
): string {
  const shorter = Math.min(mine.length, next.length);
  let before = 0;
  while (before < shorter && mine[before] === next[before]) before++;
  let after = 0;
  while (after < shorter - before && mine.at(-1 - after) === next.at(-1 - after)) after++;
  const middle = (lines: readonly string[]): string =>
    ended(joined(lines.slice(before, lines.length - after)));
  return [
    joined(mine.slice(0, before)),
    `${'<'.repeat(MARKER)} ${labels.mine}\n`,
    middle(mine),
    `${'='.repeat(MARKER)}\n`,
    middle(next),
    `${'>'.repeat(MARKER)} ${labels.next}\n`,
    joined(mine.slice(mine.length - after)),
  ].join('');
}

/** Adds a missing line end, because markers start a line. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
