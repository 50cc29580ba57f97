import { capitalize } from '../../../../../base';
/* Markers of boxes and tabs, for the parser of pages and for VS Code's own preview. */

const word = '[\\p{L}\\p{N}_-]+';
const words = `${word}(?: +${word})*`;

/** Whole lines without their ends, as Unicode regular expressions. */
export const markerPatterns = {
  /** `!!! note "Title"` */
  admonition: `!!! ?(${words})(?: +"([^\\n]*?)")? *`,
  /** `??? note "Title"` (closed) and `???+` (open) */
  details: `\\?{3}(\\+)? ?(?:(${words})?(?: +"([^\\n]*?)")|(${words})) *`,
  /** `=== "Title"` */
  tab: `={3}(\\+|\\+!|!\\+|!)? +"([^\\n]*?)" *`,
};

export interface BoxMarker {
  /** Kinds of box, separated by spaces. */
  readonly classes: string;
  /** Group of the match with an explicit title, which may be empty. */
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

/** Returns the default title of a box. */
export function nameOfBox(classes: string): string {
  return capitalize(classes.split(' ')[0] ?? '');
}

const classesOf = (written = ''): string => written.toLowerCase().replace(/ {2,}/g, ' ');
