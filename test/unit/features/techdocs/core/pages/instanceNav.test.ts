import { expect, it } from 'vitest';
import type { DocsNavItem } from '../../../../../../src/features/techdocs/core/pages/docsView';
import { InstanceNav } from '../../../../../../src/features/techdocs/core/pages/instanceTargets';

it('returns the sections of a page, outermost first', () => {
  const page = (path: string): DocsNavItem => ({ title: path, path });
  const section = (title: string, ...children: DocsNavItem[]): DocsNavItem => ({ title, children });
  const nav = new InstanceNav([
    page('a'),
    section('A', page('b'), section('B', page('c'))),
    section('C', page('d')),
  ]);
  expect(['a', 'b', 'c', 'd', 'e'].map(path => nav.sectionsOf(path))).toEqual([
    [],
    ['A'],
    ['A', 'B'],
    ['C'],
    [],
  ]);
});

it('visits each entry once at any depth', () => {
  let readCount = 0;
  const deep = (depth: number): DocsNavItem => ({
    title: `${depth}`,
    get path() {
      readCount++;
      return depth === 0 ? 'end' : undefined;
    },
    ...(depth > 0 && { children: [deep(depth - 1)] }),
  });
  const nav = new InstanceNav([deep(200)]);
  readCount = 0;
  expect(nav.sectionsOf('end')).toHaveLength(200);
  expect(readCount).toBeLessThan(500);
});
