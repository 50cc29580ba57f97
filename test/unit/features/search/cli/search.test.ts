import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchCollator, SearchDocument, SearchResults } from '../../../../../src/api';
import { createPaint } from '../../../../../src/cli/output/style';
import { loadEntityCollators } from '../../../../../src/features/catalog/plugin';
import { loadTemplatesCollator } from '../../../../../src/features/scaffolder/plugin';
import { searchTable } from '../../../../../src/features/search/cli/search';
import { pathToFileUri } from '../../../../../src/platform/node';
import { callboard } from '../../../cli/capture';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'callboard-'));
  mkdirSync(join(cwd, 'sub'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** A collator of one source. */
const collator = (id: string, ...documents: readonly SearchDocument[]): SearchCollator => ({
  id,
  title: id,
  icon: 'note',
  onDidChange: () => ({ dispose() {} }),
  getSources: async () => [{ id: 'all' }],
  collate: () => documents,
});

const at = (path: string, line: number) => ({
  file: pathToFileUri(join(cwd, 'sub', path)),
  range: { start: { line, character: 0 }, end: { line, character: 5 } },
});

const search = (...args: readonly string[]): ReturnType<typeof callboard> =>
  callboard(['search', ...args], {
    cwd,
    collators: [
      collator('docs', {
        id: 'keys',
        title: 'Keys',
        path: ['Handbook'],
        location: at('docs/keys.md', 6),
        text: 'How to rotate the keys of the payments service.',
      }),
      collator('apis', {
        id: 'rotate',
        title: 'rotateKeys',
        ref: 'api:default/keys',
        location: at('api.yaml', 0),
      }),
      collator('odd', { id: 'odd', title: 'Nowhere\u001b[31m', ref: 'api:default/odd' }),
    ],
  });

describe('callboard search', () => {
  it('prints a table', async () => {
    expect(await search('rotate', 'sub')).toEqual({
      code: 0,
      stdout: `  TYPE  TITLE            WHERE
  apis  rotateKeys       api.yaml:1
  docs  Handbook › Keys  docs/keys.md:7
    How to rotate the keys of the payments service.

2 results
`,
      stderr: '',
    });
  });

  it('prints JSON', async () => {
    const { code, stdout } = await search('rotate', 'sub', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      results: [
        {
          type: 'apis',
          title: 'rotateKeys',
          ref: 'api:default/keys',
          location: { file: 'api.yaml', range: at('api.yaml', 0).range },
          score: expect.any(Number),
        },
        {
          type: 'docs',
          title: 'Keys',
          location: { file: 'docs/keys.md', range: at('docs/keys.md', 6).range },
          score: expect.any(Number),
          snippet: 'How to rotate the keys of the payments service.',
        },
      ],
      total: 2,
      ignored: [],
      tookMs: expect.any(Number),
    });
  });

  it('limits results by type and number', async () => {
    const titles = async (...args: readonly string[]): Promise<readonly [unknown, number]> => {
      const { stdout } = await search(...args, '--format', 'json');
      const { results, total } = JSON.parse(stdout) as {
        results: { title: string }[];
        total: number;
      };
      return [results.map(({ title }) => title), total];
    };
    expect(await titles('rotate', '--in', 'docs')).toEqual([['Keys'], 1]);
    expect((await titles('rotate', '--in', 'docs,apis'))[1]).toBe(2);
    expect((await titles('rotate', '--in', 'docs', '--in', 'apis'))[1]).toBe(2);
    expect(await titles('rotate', '--limit', '1')).toEqual([['rotateKeys'], 2]);
    expect(await titles('nothing-of-the-kind')).toEqual([[], 0]);
  });

  it('reports missing results and escapes control characters', async () => {
    expect((await search('nothing-of-the-kind')).stdout).toBe('Nothing found\n');
    expect((await search('how do I rotate keys on a zeppelin')).stdout).toMatch(
      /^No results for all words\. Showing results without: zeppelin\n\n +TYPE /,
    );
    expect((await search('nowhere')).stdout).toContain('Nowhere\\u001b[31m  api:default/odd\n');
  });

  it.each([
    [[], 'search needs a query: callboard search QUERY'],
    [['a', '--in', 'nothing'], 'Unknown type "nothing". Available: docs, apis, odd'],
    [['a', '--limit', '0'], '--limit must be a number from 1, not "0"'],
    [['a', 'none'], "Folder none doesn't exist"],
  ])('rejects %j', async (args, message) => {
    expect(await search(...args)).toEqual({
      code: 2,
      stdout: '',
      stderr: `callboard: ${message}\nRun "callboard search --help" for usage.\n`,
    });
  });
});

describe('table of results', () => {
  const found = (snippet: SearchResults['results'][number]['snippet']): SearchResults => ({
    results: [
      {
        type: 'docs',
        title: { text: 'Keys', marks: [] },
        snippet,
        path: [],
        ref: undefined,
        facets: {},
        icon: 'book',
        score: 1,
        location: undefined,
        target: { type: 'url', url: 'https://example.org' },
      },
    ],
    total: 9,
    facets: {},
    ignored: [],
    isPartial: false,
    tookMs: 1,
  });
  const snippet = {
    text: 'How to rotate\nthe keys',
    marks: [
      [7, 13],
      [18, 22],
    ] as const,
  };

  it('highlights matches', () => {
    const paint = createPaint(true);
    const table = searchTable(found(snippet), { show: uri => uri, paint, width: undefined });
    expect(table.split('\n')[2]).toBe(
      `    ${paint('dim', 'How to ')}${paint('bold', 'rotate')}${paint('dim', ' the ')}${paint('bold', 'keys')}`,
    );
    expect(table).toContain('\n1 of 9 results\n');
  });

  it('truncates long lines', () => {
    const paint = createPaint(false);
    const table = searchTable(found(snippet), { show: uri => uri, paint, width: 16 });
    expect(table.split('\n')[2]).toBe('    How to rota…');
  });
});

describe('callboard search owner:me', () => {
  const descriptor = `apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada }
spec: { memberOf: [crew], profile: { email: Ada@example.com } }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: crew }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shop }
spec: { type: service, lifecycle: production, owner: crew }
`;

  async function ask(folder: string): Promise<{ code: number; output: string }> {
    const { code, stdout, stderr } = await callboard(['search', 'owner:me', folder], {
      cwd,
      collators: ({ catalog }) => loadEntityCollators(catalog),
    });
    return { code, output: code ? stderr : (/component:\S+|shop/.exec(stdout)?.[0] ?? stdout) };
  }

  function write(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, folder, path)), { recursive: true });
      writeFileSync(join(cwd, folder, path), text);
    }
  }

  it('reads the user from the settings or from git', async () => {
    const settings = JSON.stringify({ 'callboard.user': 'ada' });
    write('set', { 'catalog-info.yaml': descriptor, '.vscode/settings.json': settings });
    write('git', { 'catalog-info.yaml': descriptor });
    execFileSync('git', ['init', '-q', join(cwd, 'git')]);
    execFileSync('git', ['-C', join(cwd, 'git'), 'config', 'user.email', 'ada@Example.com']);
    expect([await ask('set'), await ask('git')]).toEqual([
      { code: 0, output: 'shop' },
      { code: 0, output: 'shop' },
    ]);
  });

  it('reports that the user is unknown', async () => {
    const settings = JSON.stringify({ 'callboard.user': 'grace@example.com' });
    write('nobody', { 'catalog-info.yaml': descriptor, '.vscode/settings.json': settings });
    expect(await ask('nobody')).toEqual({
      code: 2,
      output: expect.stringContaining('you are not in the catalog'),
    });
  });
});

it('callboard search finds included templates', async () => {
  const { stdout } = await callboard(['search', 'python service', 'sub', '--format', 'json'], {
    cwd,
    collators: async deps => [await loadTemplatesCollator(deps)],
  });
  const { results } = JSON.parse(stdout) as { results: readonly { ref: string }[] };
  expect(results[0]?.ref).toBe('template:default/python-service');
});
