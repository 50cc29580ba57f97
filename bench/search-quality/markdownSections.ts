/** What stands below a heading, up to the next. */
export interface PageSection {
  /** Of the heading; undefined for that of the page. */
  readonly id: string | undefined;
  readonly title: string;
  readonly text: string;
}

/** Sections of a page in plain Markdown: headings of any level, fences, no front matter. */
export function sectionsOfPage(markdown: string): readonly PageSection[] {
  const sections: { id: string | undefined; title: string; lines: string[] }[] = [];
  let isFenced = false;
  for (const line of markdown.split(/\r?\n/)) {
    if (/^\s*```/.test(line)) isFenced = !isFenced;
    const heading = isFenced ? undefined : /^(#{1,6})\s+(.*?)\s*$/.exec(line);
    if (heading) {
      const [, marks = '', title = ''] = heading;
      sections.push({ id: marks === '#' ? undefined : headingId(title), title, lines: [] });
    } else sections.at(-1)?.lines.push(line);
  }
  return sections.map(({ lines, ...section }) => ({ ...section, text: plainText(lines) }));
}

/** As Python-Markdown's toc makes it, of headings that do not come twice. */
export function headingId(title: string): string {
  const plain = title.normalize('NFKD').replace(/[^\p{ASCII}]/gu, '');
  return plain
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-');
}

function plainText(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_~=`|>]+/g, ' ')
    .trim();
}
