import { LineIndex, type Position, type Range } from '../../base';
import { cannotBeParted, partsOf } from '../../core/yaml';
import { YamlPart } from './yamlPart';

/** A document of a file, at its place. */
export interface PlacedPart {
  /** 0-based index into what `parseAllDocuments` gives, as everywhere in the catalog. */
  readonly index: number;
  /** Offsets into the file. */
  readonly start: number;
  readonly end: number;
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
    const known = new Map(previous?.parts.map(({ part }) => [part.source, part]));
    // A file that cannot be taken apart is one part: its documents after the first get no help.
    const offsets = cannotBeParted(text) ? [{ start: 0, end: text.length }] : partsOf(text);
    const before = previous?.parts.length === offsets.length ? previous.parts : undefined;
    this.parts = offsets.map(({ start, end }, index) => {
      const source = text.slice(start, end);
      const part = known.get(source) ?? new YamlPart(source, before?.[index]?.part);
      return { index, start, end, part };
    });
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
    return parts[low] ?? { index: 0, start: 0, end: 0, part: new YamlPart('') };
  }
}
