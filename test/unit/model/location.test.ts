import * as backstage from '@backstage/catalog-model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  parseLocationRef,
  stringifyLocationRef,
} from '../../../src/model';

const pieces = [
  'url',
  'file',
  'http',
  'https',
  ':',
  ' ',
  '\n',
  '\t',
  '\u0001',
  'java',
  'script',
  'JAVASCRIPT',
  '/a',
  '.',
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map(parts => parts.join(''));

function outcome<T>(call: () => T): unknown {
  try {
    return call();
  } catch (error) {
    return error instanceof TypeError ? error.message : error;
  }
}

describe('location refs', () => {
  it('are parsed as Backstage parses them', () => {
    fc.assert(
      fc.property(text, ref => {
        expect(outcome(() => parseLocationRef(ref))).toEqual(
          outcome(() => backstage.parseLocationRef(ref)),
        );
      }),
      {
        numRuns: 3000,
        examples: [
          ['url:java\nscript:alert(1)'],
          ['url: \u0001javascript:x'],
          ['url:\u0001 javascript:x'],
          ['url:\u001fjavascript:x'],
          ['url:!javascript:x'],
          [''],
        ],
      },
    );
  });

  it('are written as Backstage writes them', () => {
    fc.assert(
      fc.property(text, text, (type, target) => {
        expect(outcome(() => stringifyLocationRef({ type, target }))).toEqual(
          outcome(() => backstage.stringifyLocationRef({ type, target })),
        );
      }),
      { numRuns: 3000, examples: [['url', 'java\nscript:alert(1)']] },
    );
  });

  it('use the same annotation names as Backstage', () => {
    expect({
      ANNOTATION_EDIT_URL,
      ANNOTATION_LOCATION,
      ANNOTATION_ORIGIN_LOCATION,
      ANNOTATION_SOURCE_LOCATION,
      ANNOTATION_VIEW_URL,
    }).toEqual({
      ANNOTATION_EDIT_URL: backstage.ANNOTATION_EDIT_URL,
      ANNOTATION_LOCATION: backstage.ANNOTATION_LOCATION,
      ANNOTATION_ORIGIN_LOCATION: backstage.ANNOTATION_ORIGIN_LOCATION,
      ANNOTATION_SOURCE_LOCATION: backstage.ANNOTATION_SOURCE_LOCATION,
      ANNOTATION_VIEW_URL: backstage.ANNOTATION_VIEW_URL,
    });
  });
});
