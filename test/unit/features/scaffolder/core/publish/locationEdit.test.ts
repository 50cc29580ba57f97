import { expect, it } from 'vitest';
import { withTarget } from '../../../../../../src/features/scaffolder/core/publish/registration';

const HEAD = `apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: all # of them
`;

const place = { file: 'file:///w/catalog/all.yaml', name: 'all', boundary: 'file:///w' };
const added = (text: string, target = 'file:///w/services/shop/catalog-info.yaml'): unknown =>
  withTarget(text, place, target);

it.each([
  [
    'the end of a list',
    'spec:\n  targets:\n    - ./a.yaml # first\n    - ./b.yaml\n  type: url\n',
    'spec:\n  targets:\n    - ./a.yaml # first\n    - ./b.yaml\n    - ../services/shop/catalog-info.yaml\n  type: url\n',
  ],
  [
    'a list in brackets',
    "spec: { targets: ['./a.yaml'] }\n",
    "spec: { targets: ['./a.yaml', '../services/shop/catalog-info.yaml'] }\n",
  ],
  [
    'a sole target, which becomes the first of two',
    'spec:\n  target: ./a.yaml\n',
    'spec:\n  targets:\n    - ./a.yaml\n    - ../services/shop/catalog-info.yaml\n',
  ],
])('adds a target to %s', (_, before, after) => {
  expect(added(HEAD + before)).toEqual({ ok: true, value: HEAD + after });
});

it('finds the Location among other documents with any line ends', () => {
  const before = `kind: Component\nmetadata: { name: all }\n---\n${HEAD}spec:\n  targets:\n    - ./a.yaml\n---\nkind: Location\nmetadata: { name: other }\n`;
  const after = before.replace(
    './a.yaml\n',
    './a.yaml\n    - ../services/shop/catalog-info.yaml\n',
  );
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  expect(added(windows(before))).toEqual({ ok: true, value: windows(after) });
});

it.each([
  'spec:\n  targets: [../services/shop/catalog-info.yaml]\n',
  'spec:\n  targets: [../services/*/catalog-info.yaml]\n',
  'spec:\n  targets: [../services/**/*.yaml]\n',
])('changes nothing if the target exists', spec => {
  expect(added(HEAD + spec)).toEqual({ ok: true, value: HEAD + spec });
});

it.each([
  [
    'it is gone',
    HEAD.replace('all', 'other'),
    'The Location all is no longer in file:///w/catalog/all.yaml',
  ],
  [
    'it cannot be read',
    `${HEAD}spec: [\n`,
    'The Location all is no longer in file:///w/catalog/all.yaml',
  ],
  [
    'its list is shared',
    `${HEAD}spec:\n  targets: &t [./a.yaml]\n  more: *t\n`,
    "Can't edit the Location all in file:///w/catalog/all.yaml automatically",
  ],
])('reports an error if %s', (_, text, error) => {
  expect(added(text)).toEqual({ ok: false, error });
});

it('rejects a file name that would be a pattern', () => {
  expect(added(`${HEAD}spec: { targets: [] }\n`, 'file:///w/a*b/catalog-info.yaml')).toMatchObject({
    ok: false,
  });
});
