/** What may be written at a place of a page or config. */
export interface DocsChoice {
  readonly type: 'page' | 'file' | 'folder' | 'anchor' | 'entity' | 'area';
  readonly label: string;
  /** What is written. */
  readonly text: string;
  /** What is typed by those who look for it; undefined: what is written. */
  readonly filter?: string;
  /** The title of a page, heading or entity. */
  readonly detail?: string | undefined;
}

/** The likeliest first. */
export interface DocsChoices {
  /** What they take the place of, as offsets; it lies in one line. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly DocsChoice[];
  /** Whether others may fit once more is typed. */
  readonly isIncomplete: boolean;
}

/** As many as are shown at a time; nobody looks further, and types on. */
const MAX_CHOICES = 200;

/** Those of a place that fit what is typed, in the order given. */
export function choicesAt(
  { start, end, typed }: { readonly start: number; readonly end: number; readonly typed: string },
  choices: Iterable<DocsChoice>,
): DocsChoices | undefined {
  const items: DocsChoice[] = [];
  const wanted = typed.toLowerCase();
  for (const choice of choices) {
    if (!hasLetters(wanted, (choice.filter ?? choice.text).toLowerCase())) continue;
    if (items.length === MAX_CHOICES) return { start, end, items, isIncomplete: true };
    items.push(choice);
  }
  return items.length ? { start, end, items, isIncomplete: false } : undefined;
}

/** Editors look more closely; here it is about lists that are too long for them. */
function hasLetters(typed: string, text: string): boolean {
  let at = -1;
  for (const letter of typed) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
