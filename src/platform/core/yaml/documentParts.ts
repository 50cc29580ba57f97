export const MARKER_LENGTH = '---'.length;

/**
 * Whether the file cannot be taken apart at the `---` lines: a directive holds for what follows it,
 * after a `...` a document needs no `---`, and a bracket that nothing opened is an error of the
 * document before.
 */
export function cannotBeParted(text: string): boolean {
  // What begins with something rare is found in a fraction of the time.
  return (
    (text.includes('%') && (text.startsWith('%') || text.includes('\n%'))) ||
    (text.includes('...') && (text.startsWith('...') || text.includes('\n...'))) ||
    text.startsWith('\uFEFF') ||
    (text.includes('---') && STRAY_BRACKET.test(text))
  );
}

/** The exact parser counts it to the document before. */
const STRAY_BRACKET = /^---[ \t]*(?:#.*)?(?:\r?\n[ \t]*(?:#.*)?)*[\]}]/m;

/** The part of a file that belongs to one document. */
export interface PartOffsets {
  readonly start: number;
  /** Of its `---`, which comments may stand before; undefined where it has none. */
  readonly marker: number | undefined;
  readonly end: number;
}

/**
 * Takes a file apart at its `---` lines. No scalar goes on beyond such a line, whatever it is in the
 * middle of.
 */
export function partsOf(text: string): readonly PartOffsets[] {
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
