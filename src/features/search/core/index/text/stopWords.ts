/** Words that join others, and say nothing alone: Lunr, which Backstage searches with, leaves them out as well. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an and are as at be but by can do does for from has have how i if in into is it its my no not of on or our
  so that the their then there these they this to us was we what when where which who why will with you your`.split(
    /\s+/,
  ),
);

/** Whether a word need not occur where others do. */
export function isStopWord(term: string): boolean {
  return STOP_WORDS.has(term);
}
