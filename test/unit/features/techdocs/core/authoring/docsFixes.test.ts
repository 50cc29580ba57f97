import { describe, expect, it } from 'vitest';
import type { Range } from '../../../../../../src/base';
import { DocsChecker, docsFixes } from '../../../../../../src/features/techdocs/core';
import { at, SiteInMemory } from '../../../../../support/siteInMemory';
import { TestClock } from '../../../../../support/testClock';

const CONFIG = 'site_name: Ferry\nnav:\n  - Home: index.md\n';

/** Fixes for each problem of a site, with the resulting text. */
async function fixesOf(
  files: Readonly<Record<string, string>>,
  { config = CONFIG }: { config?: string } = {},
): Promise<readonly string[]> {
  const site = new SiteInMemory({ 'mkdocs.yml': config, ...files });
  const built = await site.reader.read();
  const checker = new DocsChecker({ fileSystem: site.files, clock: new TestClock() });
  const found: string[] = [];
  const textOf = async (file: string): Promise<string> =>
    new TextDecoder().decode(await site.files.readFile(file));
  for (const problem of [...built.content.problems, ...(await checker.check(built))]) {
    const { file = '', range } = problem;
    const text = await textOf(file);
    const fixes = await docsFixes(problem, {
      site: built,
      written: part(text, range),
      textOf: async other => textOf(other).catch(() => undefined),
    });
    for (const fix of fixes) {
      if (fix.type === 'create') {
        found.push(`create ${decodeURIComponent(fix.file.slice(at('').length + 1))}: ${fix.text}`);
      } else {
        const target = fix.type === 'replace' ? { file, range } : fix;
        const before = await textOf(target.file);
        found.push(`${fix.type}: ${replaced(before, target.range, fix.text)}`);
      }
    }
  }
  return found;
}

function offsets(text: string, { start, end }: Range): readonly [number, number] {
  const lines = text.split('\n');
  const of = ({ line, character }: Range['start']): number =>
    lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
  return [of(start), of(end)];
}

const part = (text: string, range: Range): string => text.slice(...offsets(text, range));

function replaced(text: string, range: Range, by: string): string {
  const [from, to] = offsets(text, range);
  return text.slice(0, from) + by + text.slice(to);
}

describe('fixes of docs problems', () => {
  it('suggest similar targets', async () => {
    expect(
      await fixesOf(
        { 'docs/index.md': '[a](mor.md) [b](#hme)\n# Home', 'docs/more.md': '' },
        {
          config: 'site_name: A',
        },
      ),
    ).toEqual([
      'replace: [a](more.md) [b](#hme)\n# Home',
      'create docs/mor.md: # Mor\n',
      'replace: [a](mor.md) [b](#home)\n# Home',
    ]);
  });

  it('create the page that a link refers to', async () => {
    expect(await fixesOf({ 'docs/index.md': '[a](guide/my%20first-steps.md#x)' })).toEqual([
      'create docs/guide/my first-steps.md: # My first steps\n',
    ]);
  });

  it("don't create an existing page that the link misses", async () => {
    expect(
      await fixesOf(
        { 'docs/index.md': '[a](../docs/more.md)', 'docs/more.md': '# More' },
        { config: 'site_name: A' },
      ),
    ).toEqual(['replace: [a](more.md)']);
  });

  it('create the page that a navigation entry refers to', async () => {
    const config = 'site_name: A\nnav:\n  - index.md\n  - Guide: "guide/index.md"\n';
    expect(await fixesOf({ 'docs/index.md': '' }, { config })).toEqual([
      'create docs/guide/index.md: # Guide\n',
    ]);
  });

  it.each([
    ['../outside.md'],
    ['../../../outside.md'],
    ['/absolute.md'],
    ['https://example.com/a.md'],
    ['data.json'],
    ['%2e%2e/outside.md'],
  ])('create nothing for %s', async target => {
    expect(await fixesOf({ 'docs/index.md': `[a](<${target}>)` })).toEqual([]);
  });
});

describe('fix that adds a page to the navigation', () => {
  const pages = { 'docs/index.md': '', 'docs/more.md': '' };

  it.each([
    ['a list', 'nav:\n  - index.md\n', 'nav:\n  - index.md\n  - more.md\n'],
    [
      'a list without indentation',
      'nav:\n- index.md\nx: 1\n',
      'nav:\n- index.md\n- more.md\nx: 1\n',
    ],
    [
      'a list that ends with a section',
      'nav:\n    -   A:\n        - index.md # first\n\n# Next\ntheme: x\n',
      'nav:\n    -   A:\n        - index.md # first\n    -   more.md\n\n# Next\ntheme: x\n',
    ],
    ['a list in brackets', 'nav: [index.md]', 'nav: [index.md, more.md]'],
    [
      'a list in brackets over lines',
      'nav: [\n  index.md,\n]\n',
      'nav: [\n  index.md, more.md\n]\n',
    ],
  ])('appends to %s', async (_, nav, expected) => {
    expect(await fixesOf(pages, { config: `site_name: A\n${nav}` })).toEqual([
      `addToNav: site_name: A\n${expected}`,
    ]);
  });

  it('quotes names for YAML if needed', async () => {
    const found = await fixesOf({ 'docs/index.md': '', 'docs/a: b.md': '' });
    expect(found).toEqual([`addToNav: ${CONFIG.trimEnd()}\n  - "a: b.md"\n`]);
  });

  it("doesn't change another file", async () => {
    const files = { ...pages, 'base.yml': 'nav: [index.md]' };
    expect(await fixesOf(files, { config: 'site_name: A\nINHERIT: base.yml\n' })).toEqual([]);
  });
});
