import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../../../../scripts/lib/project.mjs';
import {
  type DescribedSite,
  describeSite,
  readSiteOnDisk,
} from '../../../../../support/techdocsSite';

const FOLDER = inProject('test/fixtures/techdocs/sites');

/** Recorded by `scripts/recordSites.mjs`. */
function recorded(name: string): DescribedSite {
  const json = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
  return JSON.parse(json, (key, value: unknown) =>
    // Pages without a title in MkDocs have one here.
    key === 'title' && value === null ? expect.any(String) : value,
  ) as DescribedSite;
}

describe('sites as in MkDocs 1.6.1', () => {
  const names = readdirSync(FOLDER).filter(name => existsSync(join(FOLDER, name, 'mkdocs.yml')));

  it.each(names)('%s', async name => {
    const site = describeSite(await readSiteOnDisk(join(FOLDER, name, 'mkdocs.yml')));
    const expected = recorded(name);
    if (expected.fails) expect(site.fails).toBe(true);
    else expect(sorted(site)).toEqual({ ...sorted(expected), ...DIFFERENCES[name] });
  });
});

/** See docs/compatibility.md for the reasons. */
const DIFFERENCES: Readonly<Record<string, Partial<DescribedSite>>> = {
  // MkDocs reports pages as missing before the plugin has added them.
  'awesome-rest': { omitted: [] },
};

/** Sorts values without a defined order: files of a folder, and warnings of MkDocs. */
function sorted(site: DescribedSite): DescribedSite {
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  return {
    ...site,
    ...(site.pages && { pages: [...site.pages].sort(byPath) }),
    missing: [...site.missing].sort(),
    omitted: [...site.omitted].sort(),
    conflicts: [...site.conflicts].sort(),
  };
}
