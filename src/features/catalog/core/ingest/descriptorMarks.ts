/** Stands in the text of every descriptor with one of Backstage's own versions, misspelt as that may be. */
export const BACKSTAGE_MARK = 'backstage';

/** Whether a text has any of the marks in it. */
export function hasMark(text: string, marks: readonly string[]): boolean {
  return marks.some(mark => text.includes(mark));
}
