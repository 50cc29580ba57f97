const ASCII = /^[\0-\x7f]*$/;
/** Combining marks of Latin, Greek and Cyrillic; those of other scripts make other letters. */
const DIACRITICS = /[\u0300-\u036f]/g;
/** Letters that Unicode does not take apart, as people type them who do not have them. */
const SPELT_OUT: readonly (readonly [RegExp, string])[] = [
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

/** In lower case, without diacritics, full-width letters as the usual ones: what is compared. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = text.normalize('NFKD').toLowerCase().replace(DIACRITICS, '');
  for (const [letter, others] of SPELT_OUT) folded = folded.replace(letter, others);
  return folded.normalize('NFC');
}

/** Where in a text the part ends of which so many folded letters are made. */
export function endOfFolded(text: string, from: number, to: number, letters: number): number {
  let at = from;
  while (at < to) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    if (fold(text.slice(from, at)).length < letters) continue;
    // A mark belongs to the letter before it.
    while (at < to && fold(text.slice(from, at + 1)).length <= letters) at++;
    return Math.min(at, to);
  }
  return to;
}
