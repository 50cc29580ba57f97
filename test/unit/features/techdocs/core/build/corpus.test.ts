import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeBuild } from '../../../../../../scripts/lib/describeBuild.mjs';
import { inProject } from '../../../../../../scripts/lib/project.mjs';
import { buildDifferences, buildOnDisk } from '../../../../../support/builtSite';
import { corpusOfSites, MKDOCS_PLUGINS } from '../../../../../support/techdocs/corpus';

const TESTS = 'The comparison of built real sites with those of MkDocs';
const found = corpusOfSites(TESTS);
/** MkDocs takes a minute for all: a usual run builds one of this many. */
const ONE_OF = process.env['CALLBOARD_ALL_SITES'] === undefined ? 10 : 1;

describe.skipIf(!found)('builds of real sites', () => {
  it(
    'have the files, addresses, links and search entries of MkDocs',
    { timeout: 600_000 },
    async () => {
      const { python, corpus, configs: all } = found ?? { python: '', corpus: '', configs: [] };
      const configs = all.filter((_, index) => index % ONE_OF === 0);
      const out = mkdtempSync(join(tmpdir(), 'callboard-builds-'));
      const counts = { sites: 0, pages: 0, entries: 0, unbuilt: 0, notCompared: 0 };
      const differences: string[] = [];
      try {
        const script = inProject('scripts/mkdocsBuild.py');
        const answers = execFileSync(python, [script, ...MKDOCS_PLUGINS, out, ...configs], {
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        for (const [index, line] of answers.trim().split('\n').entries()) {
          const { unavailable, fails } = JSON.parse(line) as {
            readonly unavailable: readonly string[];
            readonly fails?: true;
          };
          const config = configs[index] ?? '';
          const name = relative(corpus, config);
          // It includes files outside of its folder, which isn't a repository here.
          if (unavailable.length || name.includes('ok-include-path-outside-root')) {
            counts.notCompared++;
            continue;
          }
          const actual = await buildOnDisk(config);
          if (fails || !actual) {
            counts.unbuilt++;
            if (Boolean(fails) !== !actual) differences.push(`${name}: is built by one alone`);
            continue;
          }
          const expected = describeBuild(join(out, String(index)));
          counts.sites++;
          counts.pages += Object.keys(expected.pages).length;
          counts.entries += expected.search.length;
          for (const difference of buildDifferences(expected, actual, { texts: false }))
            differences.push(`${name}: ${difference}`);
        }
      } finally {
        rmSync(out, { recursive: true, force: true });
      }
      process.stdout.write(`${TESTS}: ${JSON.stringify(counts)}\n`);
      expect(counts.sites).toBeGreaterThan(0);
      expect(differences).toEqual([]);
    },
  );
});
