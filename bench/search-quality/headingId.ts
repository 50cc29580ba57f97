/** Returns the id of a heading, as Python-Markdown's toc creates it for unique headings. */
export function headingId(title: string): string {
  const plain = title.normalize('NFKD').replace(/[^\p{ASCII}]/gu, '');
  return plain
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-');
}
