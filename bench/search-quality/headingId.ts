/** As Python-Markdown's toc makes it, of headings that do not come twice. */
export function headingId(title: string): string {
  const plain = title.normalize('NFKD').replace(/[^\p{ASCII}]/gu, '');
  return plain
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-');
}
