/** Text that occurs in every descriptor with a Backstage apiVersion. */
export const BACKSTAGE_MARK = 'backstage';

/** Whether a text contains any of the marks. */
export function hasMark(text: string, marks: readonly string[]): boolean {
  return marks.some(mark => text.includes(mark));
}
