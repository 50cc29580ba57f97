import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  annotationFault,
  annotationRepairs,
  type AnnotationFormat,
  wellKnownAnnotation,
  wellKnownAnnotations,
} from '../../../../src/model/annotations';
import { growth, LINEAR } from '../../../support/growth';

function faultOf(format: AnnotationFormat, value: string): string | undefined {
  return annotationFault({ key: 'x/y', format, values: ['on', 'off'] }, value);
}

describe('annotationFault', () => {
  it.each<[AnnotationFormat, ...string[]]>([
    ['text', '', 'anything at all'],
    ['choice', 'on', 'off'],
    ['boolean', 'true', 'false', ' true '],
    ['number', '0', '4711'],
    ['list', 'a', 'a,b', 'a, b c'],
    ['duration', 'PT4H', 'P1D', 'P1DT2.5H'],
    ['url', 'https://example.com', 'http://localhost:3000/x?y'],
    ['ownerAndName', 'backstage/backstage', 'My Project/my repo', 'a.b/c-d_e'],
    ['projectPath', 'group/name', 'group/sub/name'],
    ['entityRef', 'component:shop', 'component:default/shop'],
    ['locationRef', 'url:https://github.com/a/b/', 'file:/x'],
    ['techdocsRef', 'dir:.', 'dir:./docs', 'url:https://github.com/a/b/tree/main', 'dir: .'],
    [
      'labelSelector',
      'app=shop',
      'app==shop,tier!=web',
      'app.kubernetes.io/name=shop',
      'app, !canary',
      'tier in (web, api),app notin (x)',
      'empty=',
    ],
  ])('accepts values of format %s', (format, ...values) => {
    expect(values.map(value => faultOf(format, value))).toEqual(values.map(() => undefined));
  });

  it.each<[AnnotationFormat, string, string]>([
    ['choice', 'maybe', 'expected "on" or "off"'],
    ['boolean', 'True', 'expected "true" or "false"'],
    ['number', 'four', 'expected a number'],
    ['list', 'a,,b', 'expected texts with commas between'],
    ['duration', '2 hours', 'expected a duration such as "PT4H"'],
    ['url', 'example.com/x', 'expected a URL such as "https://host/path"'],
    ['ownerAndName', 'https://github.com/a/b', 'expected "<owner>/<name>"'],
    ['ownerAndName', 'a', 'expected "<owner>/<name>"'],
    ['ownerAndName', 'a/b/', 'expected "<owner>/<name>"'],
    ['projectPath', 'a', 'expected "<group>/<name>"'],
    [
      'entityRef',
      'shop',
      'Entity reference "shop" had missing or empty kind (e.g. did not start with "component:" or similar)',
    ],
    [
      'locationRef',
      'https://github.com/a/b',
      "Invalid location ref 'https://github.com/a/b', please prefix it with 'url:', e.g. 'url:https://github.com/a/b'",
    ],
    ['techdocsRef', 'github:https://x', 'Invalid reference annotation github'],
    [
      'techdocsRef',
      './docs',
      "Unable to parse location ref './docs', expected '<type>:<target>', e.g. 'url:https://host/path'",
    ],
    [
      'techdocsRef',
      'url:./docs',
      'Invalid URL ./docs; a folder beside the descriptor is written dir:./folder',
    ],
    ['labelSelector', 'app=a b', 'expected a label selector such as "app=shop,tier!=web"'],
    ['labelSelector', 'app=shop,', 'expected a label selector such as "app=shop,tier!=web"'],
  ])('rejects a value of format %s that is %s', (format, value, fault) => {
    expect(faultOf(format, value)).toBe(fault);
  });

  it('takes linear time for any value', async () => {
    const formats = [...new Set(wellKnownAnnotations.map(({ format }) => format))];
    const part = fc.constantFrom(
      ',',
      'a',
      '/',
      '(',
      ')',
      ' in ',
      '=',
      ' ',
      'PT1',
      'url:',
      '-',
      '.',
    );
    const isLinear = async (text: string, count: number): Promise<void> => {
      const check = (size: number): void => {
        for (const format of formats) faultOf(format, text.repeat(size));
      };
      expect(await growth(check, count)).toBeLessThan(LINEAR);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 1000 }), parts => isLinear(parts.join(''), 1)),
    );
    for (const text of ['a,', 'a/', '(', 'a=', '1.', 'a in (']) await isLinear(text, 900);
  });
});

describe('wellKnownAnnotations', () => {
  it("has each key once, and replacements that exist and aren't deprecated", () => {
    const keys = wellKnownAnnotations.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { deprecated } of wellKnownAnnotations) {
      if (deprecated?.by) expect(wellKnownAnnotation(deprecated.by)?.deprecated).toBeUndefined();
      if (deprecated?.by) expect(keys).toContain(deprecated.by);
    }
  });

  it('has no keys that every object has', () => {
    expect(wellKnownAnnotation('__proto__')).toBeUndefined();
    expect(wellKnownAnnotation('constructor')).toBeUndefined();
  });
});

describe('annotationRepairs', () => {
  const repairsOf = (format: AnnotationFormat, value: string): readonly string[] =>
    annotationRepairs({ key: 'x/y', format }, value);

  it.each<[AnnotationFormat, string, string]>([
    ['boolean', 'Yes', 'true'],
    ['boolean', 'FALSE', 'false'],
    ['url', 'host.example/path', 'https://host.example/path'],
    ['ownerAndName', 'https://github.com/acme/shop.git', 'acme/shop'],
    ['ownerAndName', 'git@github.com:acme/shop.git', 'acme/shop'],
    ['ownerAndName', 'https://github.com/acme/shop/tree/main/docs', 'acme/shop'],
    ['ownerAndName', 'https://github.com/orgs/acme/teams/crew', 'acme/crew'],
    ['ownerAndName', 'acme/shop/', 'acme/shop'],
    ['projectPath', 'https://gitlab.com/acme/web/shop/-/tree/main', 'acme/web/shop'],
    ['locationRef', 'https://host/a/', 'url:https://host/a/'],
    ['techdocsRef', 'https://host/a', 'url:https://host/a'],
    ['techdocsRef', '.', 'dir:.'],
    ['techdocsRef', './docs', 'dir:./docs'],
  ])('returns for %s %j the value %j', (format, value, repaired) => {
    expect(repairsOf(format, value)).toEqual([repaired]);
  });

  it('returns the allowed values of a choice', () => {
    expect(annotationRepairs({ key: 'x/y', format: 'choice', values: ['on', 'off'] }, 'x')).toEqual(
      ['on', 'off'],
    );
  });

  it.each<[AnnotationFormat, string]>([
    ['boolean', 'maybe'],
    ['url', 'a b'],
    ['ownerAndName', 'shop'],
    ['ownerAndName', 'https://github.com/acme/shop/issues/1'],
    ['locationRef', 'x'],
    ['number', 'x'],
    ['techdocsRef', 'file:./docs'],
  ])('returns nothing for %s %j', (format, value) => {
    expect(repairsOf(format, value)).toEqual([]);
  });

  it('returns valid values only', () => {
    fc.assert(
      fc.property(fc.constantFrom(...wellKnownAnnotations), fc.string(), (annotation, value) => {
        for (const repaired of annotationRepairs(annotation, value)) {
          expect(annotationFault(annotation, repaired)).toBeUndefined();
        }
      }),
    );
  });
});
