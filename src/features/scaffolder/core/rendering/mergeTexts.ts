import { diffArrays } from 'diff';

/** Three states of a text: before two changes, and after each of them. */
export interface MergeRequest {
  readonly base: string;
  readonly mine: string;
  readonly next: string;
  /** What conflict markers call the sides. */
  readonly labels: { readonly mine: string; readonly next: string };
}

export interface MergeReply {
  /** Where both changed the same lines, both stand there between conflict markers. */
  readonly text: string;
  readonly conflicts: number;
}

/** Texts that differ in more lines are not compared: that takes the square of it. */
const MAX_EDITS = 2000;

/**
 * Brings two changes of a text together, as `git merge-file` does: changes that touch each other are a
 * conflict, unless they are the same.
 *
 * @returns undefined for texts that differ in too much
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

/** With what ends each; the last may have no end. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function joined(lines: readonly string[]): string {
  return lines.join('');
}

/** Lines of the base that others stand in the place of. */
interface Change {
  readonly start: number;
  readonly end: number;
  /** What stands there now, in the changed text. */
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

/** Lines of the base, and the changes of each side that touch each other there. */
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

/** What a side has in the place of a region; of what it did not change there, the base is the same. */
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

/** Lines that both begin or end with stand outside of the markers. */
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

/** A marker stands at the beginning of a line. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
