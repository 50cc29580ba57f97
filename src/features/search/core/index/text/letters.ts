const ASCII = /^[\0-\x7f]*$/;
/**
 * Combining marks of Latin, Greek and Cyrillic, and soft hyphens. Marks of other scripts make different letters.
 */
const DIACRITICS = /[\u0300-\u036f\u00ad]/g;
/** Letters that Unicode doesn't decompose, with the spelling of people whose keyboards lack them. */
const SPELT_OUT: readonly (readonly [RegExp, string])[] = [
  // Final sigma, which is a different letter when the word continues.
  [/ς/g, 'σ'],
  [/ß/g, 'ss'],
  [/æ/g, 'ae'],
  [/œ/g, 'oe'],
  [/ø/g, 'o'],
  [/ł/g, 'l'],
  [/đ/g, 'd'],
  [/ð/g, 'd'],
  [/þ/g, 'th'],
  [/ı/g, 'i'],
];

/** Normalizes a text for comparison: lower case, without diacritics, full-width letters as regular ones. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = text.normalize('NFKD').toLowerCase().replace(DIACRITICS, '');
  for (const [letter, others] of SPELT_OUT) folded = folded.replace(letter, others);
  return folded.normalize('NFC');
}

/** Classes of UTF-16 code units. */
export const Letter = { none: 0, lower: 1, upper: 2, digit: 3, joiner: 4, ideograph: 5 } as const;
type LetterClass = (typeof Letter)[keyof typeof Letter];

/** Scripts without spaces between words. */
const IDEOGRAPH =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const UNKNOWN = 255;
/** Cached for every code unit (64 kB), because matching a regular expression for each letter is too slow. */
const classes = new Uint8Array(0x10000).fill(UNKNOWN);

export function letterAt(text: string, at: number): LetterClass {
  const unit = text.charCodeAt(at);
  const known = classes[unit];
  if (known !== undefined && known !== UNKNOWN) return known as LetterClass;
  if (unit >= 0xd800 && unit < 0xe000) return classOfSurrogate(text, at, unit);
  const found = classOf(text.charAt(at));
  classes[unit] = found;
  return found;
}

/** Both halves of a surrogate pair have the class of the code point. */
function classOfSurrogate(text: string, at: number, unit: number): LetterClass {
  const start = unit >= 0xdc00 ? at - 1 : at;
  const whole = text.codePointAt(start);
  return whole === undefined || whole < 0x10000
    ? Letter.none
    : classOf(String.fromCodePoint(whole));
}

function classOf(letter: string): LetterClass {
  if (/[-_.'’]/.test(letter)) return Letter.joiner;
  // Katakana's vowel extender, iteration marks and voicing marks belong to several scripts.
  if (/[\u30fc\u3005\uff70]/.test(letter) || isPutOn(letter.charCodeAt(0))) return Letter.ideograph;
  if (/[\p{L}\p{M}]/u.test(letter)) {
    if (IDEOGRAPH.test(letter)) return Letter.ideograph;
    return /\p{Lu}/u.test(letter) ? Letter.upper : Letter.lower;
  }
  // A soft hyphen occurs within words.
  if (letter === '\u00ad') return Letter.lower;
  return /\p{N}/u.test(letter) ? Letter.digit : Letter.none;
}

/** Whether a code unit belongs to the previous character: Kana marks, and later parts of a Hangul syllable. */
export function isPutOn(unit: number): boolean {
  return (
    unit === 0x3099 ||
    unit === 0x309a ||
    unit === 0xff9e ||
    unit === 0xff9f ||
    (unit >= 0x1160 && unit <= 0x11ff)
  );
}

export function isWordLetter(letter: LetterClass): boolean {
  return letter !== Letter.none && letter !== Letter.joiner;
}

/** Function words without meaning of their own. Lunr, Backstage's search engine, drops them too. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an and are as at be but by can do does for from has have how i if in into is it its my no not of on or our
  so that the their then there these they this to us was we what when where which who why will with you your`.split(
    /\s+/,
  ),
);

/** Whether a word is optional when others match. */
export function isStopWord(term: string): boolean {
  return STOP_WORDS.has(term);
}
