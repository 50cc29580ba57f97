import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DescribedBuild } from '../../../../../../scripts/lib/describeBuild.mjs';
import { inProject } from '../../../../../../scripts/lib/project.mjs';
import { buildDifferences, buildOnDisk } from '../../../../../support/builtSite';

const FOLDER = inProject('test/fixtures/techdocs/sites');

describe('builds as with MkDocs, Material and techdocs-core', () => {
  const names = readdirSync(FOLDER)
    .filter(name => existsSync(join(FOLDER, name, 'mkdocs.yml')))
    .filter(name => existsSync(join(FOLDER, `${name}.build.json`)));

  it.each(names)('%s', async name => {
    // Recorded by `scripts/recordSites.mjs`.
    const json = readFileSync(join(FOLDER, `${name}.build.json`), 'utf8');
    const expected = JSON.parse(json) as DescribedBuild;
    const actual = await buildOnDisk(join(FOLDER, name, 'mkdocs.yml'));
    if (!actual) throw new Error('It was not built.');
    const found = buildDifferences(expected, actual);
    expect(found.map(difference => difference.split(':')[0])).toEqual(DIFFERENCES[name] ?? []);
  });
});

/** See docs/compatibility.md for the reasons. */
const DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  // Neighbors that are not pages of the site.
  'awesome-pages': ['hide-me/x/index.html previous', 'hide-me/x/index.html next'],
  exclusions: [
    'index.html next',
    'sub/root-only/index.html previous',
    'sub/root-only/index.html next',
  ],
  'file-urls': ['a/b.html next'],
  // Titles that YAML doesn't read as text.
  'nested-nav': ['search guide/odd/', 'search guide/year/'],
  'odd-yaml': ['search hex/', 'search no/', 'search number/', 'no/index.html title'],
  // The same titles, an entity in a heading, and a title without a value.
  titles: [
    'search t10/',
    'search t10/#a-bold-b-c',
    'search t23/',
    'search t24/',
    'search t25/',
    't25/index.html title',
  ],
};
