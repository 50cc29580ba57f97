const ASCII = /^[\0-\x7f]*$/;
/** Combining marks of Latin, Greek and Cyrillic; those of other scripts make other letters. And soft hyphens. */
const DIACRITICS = /[\u0300-\u036f\u00ad]/g;
/** Letters that Unicode does not take apart, as people type them who do not have them. */
const SPELT_OUT: readonly (readonly [RegExp, string])[] = [
  // Sigma at the end of a word, which is another letter where the word goes on.
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

/** In lower case, without diacritics, full-width letters as the usual ones: what is compared. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = text.normalize('NFKD').toLowerCase().replace(DIACRITICS, '');
  for (const [letter, others] of SPELT_OUT) folded = folded.replace(letter, others);
  return folded.normalize('NFC');
}
