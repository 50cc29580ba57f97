import { capitalize, ownValue } from '../../../../../base';
import { SourceText, SourceTextBuilder } from '../text/sourceText';

const basic = /^> {0,3}\[!(note|tip|important|caution|warning)\] *(.*)$/is;
const fenced = /^>>> {0,3}\[!(note|tip|important|caution|warning)\] *(.*)$/is;

/** Types whose admonition has another name. */
const types: Readonly<Record<string, string>> = { caution: 'danger', important: 'warning' };

export interface Alert {
  readonly type: string;
  readonly title: string;
}

/** Parses the first line of an alert; undefined for other lines. */
export function readAlert(line: string): Alert | undefined {
  const found = basic.exec(line);
  return found ? alertOf(found) : undefined;
}

function alertOf(found: RegExpExecArray): Alert {
  const type = (found[1] ?? '').toLowerCase();
  const given = (found[2] ?? '').trim();
  const title = given === '' ? capitalize(type) : given;
  return { type: ownValue(types, type) ?? type, title };
}

/**
 * Converts GitHub's alerts (`> [!NOTE]`), and GitLab's with a title or between `>>>`, to
 * admonitions, like the plugin gh-admonitions of techdocs-core.
 */
export function convertAlerts(source: SourceText): SourceText {
  if (!source.text.includes('[!')) return source;
  return convertFenced(convertBasic(source));
}

function convertBasic(source: SourceText): SourceText {
  const lines = source.lines();
  const inCode = codeLines(lines);
  const builder = new SourceTextBuilder();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line) break;
    const found = basic.exec(textOf(line));
    let end = index + 1;
    // The last line of a page counts only with a trailing newline.
    while (lines[end]?.text.startsWith('>') === true && end < lines.length - 1) end++;
    if (!found || end === index + 1 || isInside(inCode, index, end)) {
      addLine(builder, line, index < lines.length - 1);
      continue;
    }
    const body = lines
      .slice(index + 1, end)
      .map(text => text.slice(/^> ?/.exec(text.text)?.[0].length ?? 0));
    addAlert(builder, line, found, body);
    index = end - 1;
  }
  return builder.build();
}

function convertFenced(source: SourceText): SourceText {
  if (!source.text.includes('>>>')) return source;
  const lines = source.lines();
  const inCode = codeLines(lines);
  const builder = new SourceTextBuilder();
  const lastClosing = lines.findLastIndex(line => line.text.startsWith('>>>'));
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line) break;
    const found = fenced.exec(textOf(line));
    if (!found || lastClosing < index + 2 || isInside(inCode, index, lastClosing)) {
      addLine(builder, line, index < lines.length - 1);
      continue;
    }
    // Like the plugin: up to the last `>>>` of the page.
    addAlert(builder, line, found, lines.slice(index + 1, lastClosing));
    const closing = lines[lastClosing];
    if (closing) addLine(builder, closing.slice(3), lastClosing < lines.length - 1);
    index = lastClosing;
  }
  return builder.build();
}

function addAlert(
  builder: SourceTextBuilder,
  line: SourceText,
  found: RegExpExecArray,
  body: readonly SourceText[],
): void {
  const { type, title } = alertOf(found);
  builder.addMade(`!!! ${type} "${title}"\n`, line.offsetAt(0));
  for (const text of body) {
    builder.addMade('    ', text.offsetAt(0));
    addLine(builder, text, true);
  }
}

const textOf = (line: SourceText): string =>
  line.text.endsWith('\r') ? line.text.slice(0, -1) : line.text;

function addLine(builder: SourceTextBuilder, line: SourceText, newline: boolean): void {
  builder.add(line);
  if (newline) builder.add(SourceText.at('\n', line.end));
}

/** Returns, for each line in unindented fenced code, the line that ends it. */
function codeLines(lines: readonly SourceText[]): readonly number[] {
  const ends: number[] = [];
  let from: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (!line.text.startsWith('```')) continue;
    if (from === undefined) {
      from = index;
      continue;
    }
    for (let inside = from + 1; inside <= index; inside++) ends[inside] = index;
    from = undefined;
  }
  return ends;
}

const isInside = (ends: readonly number[], from: number, to: number): boolean =>
  (ends[from] ?? -1) >= to;
