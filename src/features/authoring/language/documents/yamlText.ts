import { LineIndex, compactString, type Position, type Range } from '../../../../base';
import { cannotBeParted, type PartOffsets, partsOf } from '../../../../platform/core/yaml';
import { YamlPart } from './yamlPart';

/** A document of a file, at its place. */
export interface PlacedPart {
  /** 0-based index into what `parseAllDocuments` gives, as everywhere in the catalog. */
  readonly index: number;
  /** Offsets into the file. */
  readonly start: number;
  readonly end: number;
  /** The line that it begins, 0-based. */
  readonly line: number;
  readonly part: YamlPart;
}

/** A text file as YAML documents. Immutable: an edit makes another, which shares what did not change. */
export class YamlText {
  /** In the canonical spelling of `base/uri.ts`. */
  readonly uri: string;
  /** As the editor counts; it grows with each edit. */
  readonly version: number;
  readonly text: string;
  readonly parts: readonly PlacedPart[];
  #lines: LineIndex | undefined;

  /** @param previous - an earlier state of the same file, whose documents need not be read again */
  constructor(
    { uri, version, text }: { uri: string; version: number; text: string },
    previous?: YamlText,
  ) {
    this.uri = uri;
    this.version = version;
    this.text = text;
    // A file that cannot be taken apart is one part: its documents after the first get no help.
    const offsets = cannotBeParted(text) ? [{ start: 0, end: text.length }] : partsOf(text);
    this.parts = placedParts(text, offsets, previous?.parts);
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text));
  }

  /** The offset of a position; one past the end of its line is the end of the line. */
  offsetAt({ line, character }: Position): number {
    const { lines, text } = this;
    if (line < 0) return 0;
    if (line >= lines.lineCount) return text.length;
    const start = lines.offsetOfLine(line);
    const next = line + 1 < lines.lineCount ? lines.offsetOfLine(line + 1) : text.length;
    let end = next;
    while (end > start && '\r\n'.includes(text.charAt(end - 1))) end--;
    return Math.max(start, Math.min(start + character, end));
  }

  positionAt(offset: number): Position {
    return this.lines.positionAt(offset);
  }

  rangeAt(start: number, end: number): Range {
    return this.lines.rangeAt(start, end);
  }

  /** The document at an offset; on the `---` between two, the one that follows. */
  partAt(offset: number): PlacedPart {
    const { parts } = this;
    let low = 0;
    let high = parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((parts[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return parts[low] ?? { index: 0, start: 0, end: 0, line: 0, part: new YamlPart('') };
  }
}

/** A document as if it were all of its file. */
export function alone(part: YamlPart): PlacedPart {
  return { index: 0, start: 0, end: part.source.length, line: 0, part };
}

/**
 * The documents of a text. An edit leaves most of them as they were, those before it in their places:
 * they are found there, or counted from the end, and looked for only where they are in neither place.
 */
function placedParts(
  text: string,
  offsets: readonly Pick<PartOffsets, 'start' | 'end'>[],
  before: readonly PlacedPart[] = [],
): readonly PlacedPart[] {
  const more = offsets.length - before.length;
  let known: ReadonlyMap<string, YamlPart> | undefined;
  const partOf = (source: string): YamlPart => {
    known ??= new Map(before.map(({ part }) => [part.source, part]));
    // A slice would keep the whole text in memory, for each document that of its last edit.
    return known.get(source) ?? new YamlPart(before.length ? compactString(source) : source);
  };
  let line = 0;
  return offsets.map(({ start, end }, index) => {
    const source = text.slice(start, end);
    const same = [before[index], before[index - more]].find(other => other?.part.source === source);
    const isThere = same?.index === index && same.start === start && same.line === line;
    const part = same?.part ?? partOf(source);
    const placed = isThere ? same : { index, start, end, line, part };
    line += placed.part.lineBreaks;
    return placed;
  });
}
