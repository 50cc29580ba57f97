import type { MarkedText, SearchResult, SearchResults } from '../../../api';
import { plural } from '../../../cli/output/problems';
import { fitText, type Paint, printable, textWidth } from '../../../cli/output/style';
import { tableLines } from '../../../cli/output/table';
import type { ShowPath } from '../../../cli/paths';

/** In columns: what a snippet stands behind. */
const INDENT = 4;

/** The results, aligned, each with the part of its text that matches below it, and the matches marked. */
export function searchTable(
  { results, total, ignored }: SearchResults,
  { show, paint, width }: { show: ShowPath; paint: Paint; width: number | undefined },
): string {
  if (!results.length) return 'Nothing found\n';
  const column = (heading: string, cell: (result: SearchResult) => string, keep?: 'end') => ({
    heading,
    keep,
    cells: results.map(result => printable(cell(result))),
  });
  const [headings = '', ...rows] = tableLines(
    [
      column('TYPE', ({ type }) => type),
      column('TITLE', ({ path, title }) => [...path, title.text].join(' › ')),
      column('WHERE', result => whereOf(result, show), 'end'),
    ],
    { paint, width },
  );
  const lines = rows.flatMap((row, index) => {
    const snippet = results[index]?.snippet;
    return snippet?.text
      ? [row, `${' '.repeat(INDENT)}${paintMarks(snippet, paint, width)}`]
      : [row];
  });
  const count = plural(total, 'result');
  const summary = results.length < total ? `${results.length} of ${count}` : count;
  const note = ignored.length
    ? [printable(`No results for all words. Showing results without: ${ignored.join(', ')}`), '']
    : [];
  return `${[...note, headings, ...lines, '', summary].join('\n')}\n`;
}

function whereOf({ location, ref }: SearchResult, show: ShowPath): string {
  if (!location) return ref ?? '';
  const line = location.range && location.range.start.line + 1;
  return show(location.file) + (line === undefined ? '' : `:${line}`);
}

/** On one line, which is cut where it does not fit. */
function paintMarks({ text, marks }: MarkedText, paint: Paint, width: number | undefined): string {
  let room = width === undefined ? Infinity : width - INDENT;
  let at = 0;
  let painted = '';
  const add = (to: number, paintPart: (part: string) => string): void => {
    const part = printable(text.slice(at, to).replace(/\s+/g, ' '));
    const fitted = room > 0 ? fitText(part, room) : '';
    room -= textWidth(part);
    at = Math.max(at, to);
    painted += paintPart(fitted);
  };
  for (const [from, to] of marks) {
    add(from, part => paint('dim', part));
    add(to, part => paint('bold', part));
  }
  add(text.length, part => paint('dim', part));
  return painted;
}
