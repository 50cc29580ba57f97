import fc from 'fast-check';
import picomatch from 'picomatch';
import { expect, it } from 'vitest';
import { globMatcher } from '../../../../../../src/features/catalog/core/discovery/globs';

const name = fc.constantFrom(
  'a',
  'b.yaml',
  'c.yml',
  '.yaml',
  'x.yaml.bak',
  'YAML',
  'node_modules',
  '.git',
  'catalog-info.yaml',
  'a b.yaml',
  '[x].yaml',
);
const path = fc.array(name, { minLength: 1, maxLength: 4 });

const glob = fc.oneof(
  fc.constantFrom(
    '**/*.{yaml,yml}',
    '**/*.yaml',
    '**/node_modules',
    '**/.git',
    '**/catalog-info.yaml',
    '*.yaml',
    'a/**',
    'a/*.yml',
    'a/**/b.yaml',
    '.yaml',
    '!a/b.yaml',
    '**/[!a].yaml',
    '**/!(b).yaml',
    '{a,.git}/*.yaml',
    '**/*.{yaml}',
    '**',
    '',
    ' ',
    '**/a b.yaml',
    '**/*.YAML',
    'a/../b.yaml',
    './a/*.yaml',
    '/a/*.yaml',
    '**/*',
    '**/.*',
    'a/**/node_modules/**',
    './a/*?.yaml',
    '**/a*/**',
  ),
  fc.string({
    unit: fc.constantFrom('a', 'b', '*', '/', '.', 'y', '{', ',', '}', '!', '('),
    maxLength: 8,
  }),
);

it('matches like picomatch', () => {
  fc.assert(
    fc.property(fc.array(glob, { maxLength: 3 }), path, (globs, segments) => {
      const usable = globs.filter(text => text.trim() !== '');
      const expected = usable.length ? picomatch(usable, { dot: true }) : () => false;
      const whole = segments.join('/');
      expect(globMatcher(globs)(whole, segments.at(-1) ?? '')).toBe(expected(whole));
    }),
    { numRuns: 3000, seed: 20240607 },
  );
});
