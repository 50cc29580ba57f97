import type { Position, Range } from 'vscode-languageserver-types';
import { LineIndex } from '../../../../base';
import { partsOf } from '../../../../platform/core/yaml';

/** One YAML document of a file. */
export interface StructurePart {
  /** Of the file, in the canonical spelling of `base/uri.ts`. */
  readonly uri: string;
  /** 0-based, among the documents of the file. */
  readonly index: number;
  /** The text of the document, from the start of a line, its `---` included. */
  readonly source: string;
  /** The line of the file that the source begins in, 0-based. */
  readonly startLine: number;
  /**
   * Whether the file is known to hold descriptors, by its other documents or as a part of the catalog:
   * a document that says nothing yet is then taken for one.
   */
  readonly isCatalogFile?: boolean;
}

/**
 * What is read as one document. A file that the catalog cannot take apart, for a directive or a byte
 * order mark, comes as one part: it is taken apart here, where each document is by itself anyway.
 */
export class Segment {
  readonly text: string;
  readonly #startLine: number;
  /** What stands before the text in its first line: a byte order mark. */
  readonly #column: number;

  constructor(text: string, startLine: number) {
    this.#column = text.startsWith('\uFEFF') ? 1 : 0;
    this.text = text.slice(this.#column);
    this.#startLine = startLine;
  }

  /** A position of the file as one of the text. */
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
  const parts = partsOf(source);
  if (parts.length < 2) return [new Segment(source, startLine)];
  const lines = new LineIndex(source);
  return parts.map(
    ({ start, end }) =>
      new Segment(source.slice(start, end), startLine + lines.positionAt(start).line),
  );
}

/** The segment that a position of the file stands in; undefined where the part does not reach it. */
export function segmentAt(part: StructurePart, position: Position): Segment | undefined {
  const { source, startLine } = part;
  const lines = new LineIndex(source);
  const line = position.line - startLine;
  if (line < 0 || line >= lines.lineCount || position.character < 0) return undefined;
  const parts = partsOf(source);
  const found = parts.findLast(({ start }) => lines.positionAt(start).line <= line);
  if (!found) return undefined;
  return new Segment(
    source.slice(found.start, found.end),
    startLine + lines.positionAt(found.start).line,
  );
}
