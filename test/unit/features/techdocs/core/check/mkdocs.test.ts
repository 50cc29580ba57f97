import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkSiteOnDisk,
  differencesOf,
  type MkDocsMessage,
  reportsOfMkDocs,
} from '../../../../../support/techdocs/siteLinks';

const FOLDER = resolve(import.meta.dirname, '../../../../../fixtures/techdocs/links');

/** Recorded by `scripts/recordSites.mjs`. */
const recorded = (name: string): readonly MkDocsMessage[] =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as readonly MkDocsMessage[];

const names = readdirSync(FOLDER).filter(name => !name.includes('.'));

describe('link checks as in MkDocs 1.6.1', () => {
  it.each(names)('%s', async name => {
    const { reports } = await checkSiteOnDisk(join(FOLDER, name, 'mkdocs.yml'));
    expect(differencesOf(reportsOfMkDocs(recorded(name)), reports)).toEqual([]);
  });
});

it('sites that disable link checks have no problems', async () => {
  const { problems } = await checkSiteOnDisk(join(FOLDER, 'silent', 'mkdocs.yml'));
  expect(problems).toEqual([]);
});
