import { execFileSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  corpusOfSites,
  MKDOCS_PLUGINS,
  MKDOCS_SCRIPT,
} from '../../../../../support/techdocs/corpus';
import {
  type DescribedSite,
  describeSite,
  readSiteOnDisk,
} from '../../../../../support/techdocsSite';

const TESTS = 'The comparison of real sites with MkDocs';
const found = corpusOfSites(TESTS);

describe.skipIf(!found)('real sites', () => {
  it(
    'have the navigation, titles, addresses and warnings of MkDocs',
    { timeout: 120_000 },
    async () => {
      const { python, corpus, configs } = found ?? { python: '', corpus: '', configs: [] };
      expect(configs.length).toBeGreaterThan(100);
      const output = execFileSync(python, [MKDOCS_SCRIPT, ...MKDOCS_PLUGINS, ...configs], {
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const recordings = output
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as DescribedSite & { unavailable: readonly string[] });
      expect(recordings).toHaveLength(configs.length);
      const counts = { sites: 0, pages: 0, unbuilt: 0, notCompared: 0 };
      const differences: string[] = [];
      for (const [index, config] of configs.entries()) {
        const expected = recordings[index];
        if (!expected) continue;
        if (expected.unavailable.length) {
          counts.notCompared++;
          continue;
        }
        const boundary = join(corpus, relative(corpus, config).split('/')[0] ?? '', 'tree');
        const site = describeSite(await readSiteOnDisk(config, boundary));
        counts.sites++;
        counts.pages += expected.pages?.length ?? 0;
        if (expected.fails) counts.unbuilt++;
        for (const difference of differencesBetween(expected, site)) {
          differences.push(`${relative(corpus, config)}: ${difference}`);
        }
      }
      process.stdout.write(`${TESTS}: ${JSON.stringify(counts)}\n`);
      expect(differences).toEqual([]);
    },
  );
});

function differencesBetween(expected: DescribedSite, site: DescribedSite): readonly string[] {
  if (expected.fails || site.fails) {
    return expected.fails === site.fails ? [] : [`fails: ${expected.fails} here ${site.fails}`];
  }
  const found: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    if (left !== right) found.push(`${what}: ${left} here ${right}`);
  };
  compare('name', expected.name, site.name);
  compare('nav', expected.nav, site.nav);
  const own = new Map((site.pages ?? []).map(page => [page.path, page]));
  for (const page of expected.pages ?? []) {
    compare(`page ${page.path}`, page, own.get(page.path));
    own.delete(page.path);
  }
  for (const path of own.keys()) found.push(`page ${path} is not in MkDocs`);
  for (const key of ['missing', 'omitted', 'conflicts'] as const) {
    compare(key, [...expected[key]].sort(), [...site[key]].sort());
  }
  return found;
}
