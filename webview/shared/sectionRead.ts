/** How far below the top of a window one reads, in pixels: what covers the top of a page is less. */
const READ = 100;

/** Of headings, in their order, that of the section that is read; undefined above all of them. */
export function sectionRead<T>(headings: Iterable<readonly [Element, T]>): T | undefined {
  let read: T | undefined;
  for (const [heading, section] of headings) {
    if (heading.getBoundingClientRect().top > READ) break;
    read = section;
  }
  return read;
}
