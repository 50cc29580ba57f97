import { expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../../src/features/techdocs/core';
import { growth, LINEAR } from '../../../../../support/growth';

/* Texts that took the square of their length. */

it('files that each include the next twice are limited', async () => {
  const engine = new MarkdownEngine({ extensions: { 'pymdownx.snippets': {} } });
  let reads = 0;
  const page = await engine.renderWithIncludes('--8<-- "0"', path => {
    reads++;
    const next = Number(path) + 1;
    return Promise.resolve(next === 19 ? 'end' : `--8<-- "${next}"\n`.repeat(2));
  });
  expect(page.html).toContain('end');
  expect(reads).toBeLessThan(5000);
});

it.each<[string, (size: number) => string, number]>([
  ['semicolons after a mark', size => `8<- ${';'.repeat(size)}`, 10_000],
  ['dashes after a mark', size => `8<- ${'-'.repeat(size)}x`, 10_000],
  ['references to a footnote', size => `${'[^a] '.repeat(size)}\n\n[^a]: x\n`, 500],
  ['spaces after a brace', size => `*a*{b${' '.repeat(size)}`, 10_000],
  ['quoted keys with escapes', size => `++"${'\\\\"+"'.repeat(size)}`, 3000],
  ['keys without an end', size => `++${'"a"+'.repeat(size)}`, 3000],
  ['starts of quoted keys', size => '++"'.repeat(size), 3000],
  ['names of a reference', size => `${'a/'.repeat(size)}#1`, 5000],
  ['references in a row', size => 'a-a/a#1-'.repeat(size), 1000],
  ['mentions in a row', size => '@a-'.repeat(size), 1000],
  ['digits before a letter', size => `#${'1'.repeat(size)}a `.repeat(4), 5000],
  ['less-than signs in a heading', size => `# ${'<'.repeat(size)}`, 2000],
])('%s take linear time', async (_, text, size) => {
  const engine = new MarkdownEngine({
    extensions: {
      'pymdownx.snippets': {},
      footnotes: {},
      attr_list: {},
      'pymdownx.keys': {},
      'pymdownx.magiclink': {
        repo_url_shorthand: true,
        social_url_shorthand: true,
        repo_url_shortener: true,
        user: 'a',
        repo: 'b',
      },
      toc: { slugify: 'pymdownx.slugs.slugify' },
    },
  });
  const render = (length: number): Promise<unknown> =>
    engine.renderWithIncludes(text(length), () => Promise.resolve(undefined));
  expect(await growth(render, size)).toBeLessThan(LINEAR);
});

it('sets of tabs with ids made of titles and headers take linear time', async () => {
  const engine = new MarkdownEngine({
    extensions: {
      'pymdownx.tabbed': { slugify: 'pymdownx.slugs.uslugify', combine_header_slug: true },
    },
  });
  const text = (size: number): string => '===! "a"\n    b\n\n'.repeat(size);
  const page = await engine.renderWithIncludes(text(2), () => Promise.resolve(undefined));
  expect(page.html).toContain('id="a_1"');
  const render = (size: number) =>
    engine.renderWithIncludes(text(size), () => Promise.resolve(undefined));
  expect(await growth(render, 300)).toBeLessThan(LINEAR);
});

it('links are held against at most 100 custom hosts', async () => {
  const hosts = Array.from({ length: 101 }, (_, index) => [
    `host${index}`,
    { type: 'github', host: `https://host${index}.example.com`, label: 'Host' },
  ]);
  const engine = new MarkdownEngine({
    extensions: {
      'pymdownx.magiclink': { repo_url_shortener: true, custom: Object.fromEntries(hosts) },
    },
  });
  const link = (index: number): string => `<https://host${index}.example.com/acme/shop/issues/1>`;
  const { html } = await engine.renderWithIncludes(`${link(99)}\n\n${link(100)}`, () =>
    Promise.resolve(undefined),
  );
  expect(html).toContain('>acme/shop#1</a>');
  expect(html).toContain('>https://host100.example.com/acme/shop/issues/1</a>');
});
