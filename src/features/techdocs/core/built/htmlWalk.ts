import { Parser } from 'htmlparser2';
import { TimeSlicer } from '../../../../platform/core';

/** A start tag. */
export interface OpenTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Range of the tag in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Number of enclosing elements. */
  readonly depth: number;
}

/**
 * Receives the elements and texts of HTML in order. Every element that opens is closed, at the
 * latest at the end.
 */
export interface HtmlListener {
  open?(tag: OpenTag): void;
  text?(text: string): void;
  /** @param place - range of the end tag; empty if the element has none */
  close?(
    name: string,
    depth: number,
    place: { readonly start: number; readonly end: number },
  ): void;
}

/** Thrown for HTML with more nesting than browsers support. */
export class HtmlTooDeepError extends Error {
  override readonly name = 'HtmlTooDeepError';
}

/** Nesting limit of browsers. */
const MAX_DEPTH = 512;
/** Characters to parse before checking the time. */
const CHUNK_SIZE = 16 * 1024;

/**
 * Parses HTML as leniently as browsers, in slices of half a frame.
 *
 *
 * @throws HtmlTooDeepError; AbortError
 */
export async function walkHtml(
  text: string,
  listeners: readonly HtmlListener[],
  signal: AbortSignal,
): Promise<void> {
  let depth = 0;
  let isOver = false;
  let opened = -1;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (depth >= MAX_DEPTH) throw new HtmlTooDeepError();
      const tag = { name, attributes, start: parser.startIndex, end: parser.endIndex + 1, depth };
      for (const listener of listeners) listener.open?.(tag);
      depth++;
      opened = parser.startIndex;
    },
    ontext(data) {
      for (const listener of listeners) listener.text?.(data);
    },
    onclosetag(name, isImplied) {
      depth--;
      const start = isOver ? text.length : parser.startIndex;
      // Void elements are closed by their start tag.
      const isOwn = !isOver && (!isImplied || start === opened);
      const place = { start, end: isOwn ? parser.endIndex + 1 : start };
      for (const listener of listeners) listener.close?.(name, depth, place);
    },
  });
  const slices = new TimeSlicer();
  for (let at = 0; at < text.length; at += CHUNK_SIZE) {
    signal.throwIfAborted();
    parser.write(text.slice(at, at + CHUNK_SIZE));
    await slices.pause();
  }
  signal.throwIfAborted();
  isOver = true;
  parser.end();
}

export function classesOf({ attributes }: OpenTag): ReadonlySet<string> {
  return new Set((attributes['class'] ?? '').split(/\s+/));
}
