import type { Position, Range } from 'vscode-languageserver-types';
import { LineIndex } from '../../../../base';
import { splitDocuments } from '../../../../platform/core/yaml';

/** One YAML document of a file. */
export interface StructurePart {
  /** URI of the file, in the canonical spelling of `base/uri.ts`. */
  readonly uri: string;
  /** 0-based index among the documents of the file. */
  readonly index: number;
  /** The text of the document, from the start of a line, including its `---`. */
  readonly source: string;
  /** The 0-based line of the file at which the source starts. */
  readonly startLine: number;
  /**
   * Whether the file is known to have descriptors, by its other documents or as a catalog file, so that an empty
   * document is taken for a new one.
   */
  readonly isCatalogFile?: boolean;
}

/**
 * A text that is parsed as one document. A file that the catalog can't split, because of a directive or a byte order
 * mark, is one part: it is split here, where documents are independent anyway.
 */
export class Segment {
  readonly text: string;
  readonly #startLine: number;
  /** The length of a byte order mark before the text. */
  readonly #column: number;

  constructor(text: string, startLine: number) {
    this.#column = text.startsWith('\uFEFF') ? 1 : 0;
    this.text = text.slice(this.#column);
    this.#startLine = startLine;
  }

  /** Converts a position in the file to one in the text. */
  inward({ line, character }: Position): Position {
    const local = line - this.#startLine;
    return {
      line: local,
      character: local === 0 ? Math.max(0, character - this.#column) : character,
    };
  }

  outward({ start, end }: Range): Range {
    return { start: this.#place(start), end: this.#place(end) };
  }

  #place({ line, character }: Position): Position {
    return {
      line: line + this.#startLine,
      character: line === 0 ? character + this.#column : character,
    };
  }
}

export function segmentsOf({ source, startLine }: StructurePart): readonly Segment[] {
  const parts = splitDocuments(source);
  if (parts.length < 2) return [new Segment(source, startLine)];
  const lines = new LineIndex(source);
  return parts.map(
    ({ start, end }) =>
      new Segment(source.slice(start, end), startLine + lines.positionAt(start).line),
  );
}

/** Returns the segment at a position of the file; undefined if the position is outside of the part. */
export function segmentAt(part: StructurePart, position: Position): Segment | undefined {
  const { source, startLine } = part;
  const lines = new LineIndex(source);
  const line = position.line - startLine;
  if (line < 0 || line >= lines.lineCount || position.character < 0) return undefined;
  const parts = splitDocuments(source);
  const found = parts.findLast(({ start }) => lines.positionAt(start).line <= line);
  if (!found) return undefined;
  return new Segment(
    source.slice(found.start, found.end),
    startLine + lines.positionAt(found.start).line,
  );
}
