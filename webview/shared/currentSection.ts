/**
 * Distance from the top of the window at which the current section is determined, in pixels. Larger than any sticky
 * header.
 */
const READING_LINE = 100;

/** Returns the section at the reading position, from headings in order; undefined above the first. */
export function currentSection<T>(headings: Iterable<readonly [Element, T]>): T | undefined {
  let read: T | undefined;
  for (const [heading, section] of headings) {
    if (heading.getBoundingClientRect().top > READING_LINE) break;
    read = section;
  }
  return read;
}
