import fc from 'fast-check';

const pieces = [
  'kind:',
  'owner:',
  'in:',
  'system:',
  '-',
  '"',
  ',',
  ' ',
  'a b',
  'pay',
  'me',
  ':',
  '/',
];

/** Texts similar to queries. */
export const aQueryText = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 6 })), {
    maxLength: 12,
  })
  .map(parts => parts.join(''));
