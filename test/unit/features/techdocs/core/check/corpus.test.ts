import { execFileSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  corpusOfSites,
  MKDOCS_PLUGINS,
  MKDOCS_SCRIPT,
} from '../../../../../support/techdocs/corpus';
import {
  checkSiteOnDisk,
  differencesOf,
  type MkDocsMessage,
  reportsOfMkDocs,
} from '../../../../../support/techdocs/siteLinks';

const TESTS = 'The comparison of link checks with MkDocs';
const found = corpusOfSites(TESTS);

interface Recording {
  readonly links: readonly MkDocsMessage[];
  readonly fails?: true;
  readonly unavailable: readonly string[];
}

describe.skipIf(!found)('link checks of real sites', () => {
  it('equal those of MkDocs page by page', async () => {
    const { python, corpus, configs } = found ?? { python: '', corpus: '', configs: [] };
    const output = execFileSync(python, [MKDOCS_SCRIPT, '--links', ...MKDOCS_PLUGINS, ...configs], {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const recordings = output
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Recording);
    expect(recordings).toHaveLength(configs.length);
    const counts = { sites: 0, notCompared: 0, messages: 0 };
    const differences: string[] = [];
    for (const [index, config] of configs.entries()) {
      const recording = recordings[index];
      if (!recording || recording.fails || recording.unavailable.length) {
        counts.notCompared++;
        continue;
      }
      const where = relative(corpus, config);
      const boundary = join(corpus, where.split('/')[0] ?? '', 'tree');
      const theirs = reportsOfMkDocs(recording.links);
      const { reports } = await checkSiteOnDisk(config, boundary);
      counts.sites++;
      counts.messages += theirs.size;
      for (const difference of differencesOf(theirs, reports)) {
        differences.push(`${where}: ${difference}`);
      }
    }
    process.stdout.write(`${TESTS}: ${JSON.stringify(counts)}\n`);
    expect(differences).toEqual([]);
  });
});
