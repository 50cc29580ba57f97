/*
 * The lines that open boxes and tabs. Two parsers read them: that of pages, and that of VS Code's own preview.
 */

const word = '[\\p{L}\\p{N}_-]+';
const words = `${word}(?: +${word})*`;

/** Whole lines without their ends, as regular expressions for Unicode. */
export const markerPatterns = {
  /** `!!! note "Title"` */
  admonition: `!!! ?(${words})(?: +"([^\\n]*?)")? *`,
  /** `??? note "Title"`, closed, and `???+`, open. */
  details: `\\?{3}(\\+)? ?(?:(${words})?(?: +"([^\\n]*?)")|(${words})) *`,
  /** `=== "Title"` */
  tab: `={3}(\\+|\\+!|!\\+|!)? +"([^\\n]*?)" *`,
};

export interface BoxMarker {
  /** Which kinds of box it is, with a space between. */
  readonly classes: string;
  /** The group of the match with a title that is given, be it empty. */
  readonly titleGroup: number | undefined;
  readonly isOpen: boolean;
}

export function readAdmonition(found: RegExpExecArray): BoxMarker {
  const [, classes, title] = found;
  return {
    classes: classesOf(classes),
    titleGroup: title === undefined ? undefined : 2,
    isOpen: true,
  };
}

export function readDetails(found: RegExpExecArray): BoxMarker {
  const [, open, classes, , untitled] = found;
  return {
    classes: classesOf(untitled ?? classes),
    titleGroup: untitled === undefined ? 3 : undefined,
    isOpen: open !== undefined,
  };
}

export interface TabMarker {
  readonly titleGroup: 2;
  readonly isSelected: boolean;
  readonly beginsSet: boolean;
}

export function readTab(found: RegExpExecArray): TabMarker {
  const sign = found[1] ?? '';
  return { titleGroup: 2, isSelected: sign.includes('+'), beginsSet: sign.includes('!') };
}

/** What a box without a title is called. */
export function nameOfBox(classes: string): string {
  const first = classes.split(' ')[0] ?? '';
  return first.charAt(0).toUpperCase() + first.slice(1);
}

const classesOf = (written = ''): string => written.toLowerCase().replace(/ {2,}/g, ' ');
