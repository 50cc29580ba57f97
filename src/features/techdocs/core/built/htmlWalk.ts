import { Parser } from 'htmlparser2';
import { Slices } from '../../../../platform/core';

/** A tag that opens an element. */
export interface OpenTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of the tag in the text, in UTF-16 code units; `end` is behind it. */
  readonly start: number;
  readonly end: number;
  /** How many elements are around it. */
  readonly depth: number;
}

/** Is told of a text in its order. Each element that opens is closed, be it by the end of the text. */
export interface HtmlListener {
  open?(tag: OpenTag): void;
  text?(text: string): void;
  /** @param place - of the tag that closes it; empty, and before what does, where it has none */
  close?(
    name: string,
    depth: number,
    place: { readonly start: number; readonly end: number },
  ): void;
}

/** What nobody writes by hand, and what no browser shows as it is either. */
export class HtmlTooDeepError extends Error {
  override readonly name = 'HtmlTooDeepError';
}

/** Browsers have no more elements in each other than that. */
const MAX_DEPTH = 512;
/** Characters that are read before it is looked at the time. */
const PIECE = 16 * 1024;

/**
 * Goes through the elements of HTML as forgivingly as browsers do, half a frame at a time.
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
      // What can hold nothing is closed by the tag that opens it.
      const isOwn = !isOver && (!isImplied || start === opened);
      const place = { start, end: isOwn ? parser.endIndex + 1 : start };
      for (const listener of listeners) listener.close?.(name, depth, place);
    },
  });
  const slices = new Slices();
  for (let at = 0; at < text.length; at += PIECE) {
    signal.throwIfAborted();
    parser.write(text.slice(at, at + PIECE));
    await slices.pause();
  }
  signal.throwIfAborted();
  isOver = true;
  parser.end();
}

export function classesOf({ attributes }: OpenTag): ReadonlySet<string> {
  return new Set((attributes['class'] ?? '').split(/\s+/));
}
