export const MARKER_LENGTH = '---'.length;

/**
 * Whether the file can't be split at its `---` lines: a directive affects the next document, a document after `...`
 * needs no `---`, and a stray closing bracket is an error of the document before.
 */
export function mustParseWhole(text: string): boolean {
  // Faster checks for rare characters come first.
  return (
    (text.includes('%') && (text.startsWith('%') || text.includes('\n%'))) ||
    (text.includes('...') && (text.startsWith('...') || text.includes('\n...'))) ||
    text.startsWith('\uFEFF') ||
    (text.includes('---') && STRAY_BRACKET.test(text))
  );
}

/** A closing bracket that the exact parser assigns to the document before. */
const STRAY_BRACKET = /^---[ \t]*(?:#.*)?(?:\r?\n[ \t]*(?:#.*)?)*[\]}]/m;

/** The range of one document in a file. */
export interface PartOffsets {
  readonly start: number;
  /** The offset of its `---`, possibly after comments; undefined if it has none. */
  readonly marker: number | undefined;
  readonly end: number;
}

/** Splits a file at its `---` lines, which end every scalar. */
export function splitDocuments(text: string): readonly PartOffsets[] {
  const parts: PartOffsets[] = [];
  let start = 0;
  let marker = nextMarker(text, 0);
  if (marker === undefined || /^[ \t]*[^# \t\r\n]/m.test(text.slice(0, marker))) {
    parts.push({ start, marker: undefined, end: marker ?? text.length });
    start = marker ?? text.length;
  }
  while (marker !== undefined) {
    const next = nextMarker(text, marker + MARKER_LENGTH);
    parts.push({ start, marker, end: next ?? text.length });
    start = next ?? text.length;
    marker = next;
  }
  return parts;
}

function nextMarker(text: string, from: number): number | undefined {
  for (
    let at = nextDashes(text, from);
    at !== undefined;
    at = nextDashes(text, at + MARKER_LENGTH)
  ) {
    const after = text.charAt(at + MARKER_LENGTH);
    if (after === '' || ' \t\r\n'.includes(after)) return at;
  }
  return undefined;
}

function nextDashes(text: string, from: number): number | undefined {
  if (from === 0 && text.startsWith('---')) return 0;
  const newline = text.indexOf('\n---', from);
  return newline === -1 ? undefined : newline + 1;
}
