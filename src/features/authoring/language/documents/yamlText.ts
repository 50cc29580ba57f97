import { LineIndex, compactString, type Position, type Range } from '../../../../base';
import { mustParseWhole, type PartOffsets, splitDocuments } from '../../../../platform/core/yaml';
import { YamlPart } from './yamlPart';

/** A document at its place in a file. */
export interface PlacedPart {
  /** 0-based index into the result of `parseAllDocuments`, as everywhere in the catalog. */
  readonly index: number;
  /** Offsets into the file. */
  readonly start: number;
  readonly end: number;
  /** The 0-based line of its start. */
  readonly line: number;
  readonly part: YamlPart;
}

/** A text file as YAML documents. Immutable: an edit creates another one, which shares unchanged documents. */
export class YamlText {
  /** In the canonical spelling of `base/uri.ts`. */
  readonly uri: string;
  /** The editor's version, which grows with each edit. */
  readonly version: number;
  readonly text: string;
  readonly parts: readonly PlacedPart[];
  #lines: LineIndex | undefined;

  /**
   * @param previous - an earlier state of the same file, whose unchanged documents are reused
   */
  constructor(
    { uri, version, text }: { uri: string; version: number; text: string },
    previous?: YamlText,
  ) {
    this.uri = uri;
    this.version = version;
    this.text = text;
    // A file that can't be split is one part: documents after its first aren't supported.
    const offsets = mustParseWhole(text) ? [{ start: 0, end: text.length }] : splitDocuments(text);
    this.parts = placedParts(text, offsets, previous?.parts);
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text));
  }

  /** Returns the offset of a position; a position after the end of its line is the end of the line. */
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

  /** Returns the document at an offset; on the `---` between two, the second one. */
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

/** Returns a document as if it were the whole file. */
export function alone(part: YamlPart): PlacedPart {
  return { index: 0, start: 0, end: part.source.length, line: 0, part };
}

/**
 * Returns the documents of a text, reusing unchanged ones: those at the same index from the start or the end, then any
 * others with the same text.
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
    // A slice would keep the whole text of the last edit in memory.
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
