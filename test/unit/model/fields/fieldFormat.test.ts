import { CommonValidatorFunctions, makeValidator } from '@backstage/catalog-model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isNonEmptyString,
  isValidApiVersion,
  isValidKind,
  isValidLabelValue,
  isValidMetadataKey,
  isValidNamespace,
  isValidObjectName,
  isValidTag,
  isValidUrl,
} from '../../../../src/model/fields/fieldFormat';

const theirs = makeValidator();

const pairs: [string, (value: unknown) => boolean, (value: unknown) => boolean][] = [
  ['apiVersion', isValidApiVersion, theirs.isValidApiVersion],
  ['kind', isValidKind, theirs.isValidKind],
  ['name', isValidObjectName, theirs.isValidEntityName],
  ['namespace', isValidNamespace, theirs.isValidNamespace],
  ['label key', isValidMetadataKey, theirs.isValidLabelKey],
  ['label value', isValidLabelValue, theirs.isValidLabelValue],
  ['annotation key', isValidMetadataKey, theirs.isValidAnnotationKey],
  ['tag', isValidTag, theirs.isValidTag],
  ['URL', isValidUrl, value => CommonValidatorFunctions.isValidUrl(value)],
  ['text', isNonEmptyString, value => CommonValidatorFunctions.isNonEmptyString(value)],
];

/** A DNS subdomain of a given length, in short labels. */
const subdomain = (length: number): string =>
  'a.'.repeat((length - 1) >> 1) + (length % 2 ? 'a' : 'aa');

const edges: unknown[] = [
  ...[1, 62, 63, 64].flatMap(length => ['a', 'A', '1', '-'].map(c => c.repeat(length))),
  ...[62, 63, 64].map(length => `a/${'b'.repeat(length)}`),
  ...[62, 63, 64].map(length => `${'a'.repeat(length)}/b`),
  ...[251, 253, 254, 255].map(length => `${subdomain(length)}/b`),
  '',
  '/',
  'a/',
  '/a',
  'a/b/c',
  'a//b',
  '.',
  'a.',
  '.a',
  'a..b/c',
  'a-b',
  'a--b',
  '-a',
  'a-',
  'a_b',
  'a.b',
  'A.b/C_d',
  'a\n',
  '\na',
  'é',
  'a b',
  ' ',
  '\u00a0',
  '\ufeff',
  'a:b',
  'c++',
  '#',
  'http:',
  'http:/x',
  'https://',
  'mailto:a',
  'https://example.com',
  'x:',
  '//host',
  './a',
  undefined,
  null,
  0,
  1,
  true,
  [],
  ['a'],
  {},
];

const piece = fc.constantFrom('a', 'B', '0', '-', '_', '.', '/', ':', '+', '#', ' ', '\n', 'é');
const text = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''));

describe.each(pairs)('format of a %s', (_, ours, backstage) => {
  it("equals Backstage's for edge cases", () => {
    const verdicts = (isValid: (value: unknown) => boolean) =>
      edges.map(value => ({ value, valid: isValid(value) }));
    expect(verdicts(ours)).toEqual(verdicts(backstage));
  });

  it("equals Backstage's for any text", () => {
    fc.assert(
      fc.property(text, value => {
        expect(ours(value)).toBe(backstage(value));
      }),
      { numRuns: 500 },
    );
  });
});
