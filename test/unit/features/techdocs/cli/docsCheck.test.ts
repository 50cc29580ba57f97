import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callboard } from '../../../cli/capture';

let cwd: string;

const files: Readonly<Record<string, string>> = {
  'good/mkdocs.yml': 'site_name: Good\nnav: [index.md]\n',
  'good/docs/index.md': '# Good\n',
  'bad/mkdocs.yml': 'site_name: Bad\nnav:\n  - index.md\n  - none.md\n',
  'bad/docs/index.md':
    '# Bad\n\n[a](mor.md)\n\n<!-- callboard-disable-next-line page-link-missing -->\n[b](none.md)\n',
  'bad/docs/more.md': '# More\n\n[a](index.md#no)\n',
  'broken/mkdocs.yml': 'nav: [index.md]\n',
  'broken/docs/index.md': '# Broken\n',
  'strict/mkdocs.yml': 'site_name: Strict\nstrict: true\n',
  'strict/docs/index.md': '[a](none.md)\n',
  'parent/mkdocs.yml':
    "site_name: Parent\nnav:\n  - Home: index.md\n  - Part: '!include part/mkdocs.yml'\n",
  'parent/docs/index.md': '[part](part/index.md) [no part](part/none.md)\n',
  'parent/part/mkdocs.yml': 'site_name: part\nnav: [index.md]\n',
  'parent/part/docs/index.md': '[up](none.md)\n',
  'settings/.vscode/settings.json':
    '{ "callboard.problems.severity": { "page-link-missing": "error" } }',
  'settings/mkdocs.yml': 'site_name: Set\n',
  'settings/docs/index.md': '[a](none.md)\n',
  'plain/README.md': '[a](none.md)\n',
  'production/mkdocs.yml':
    "site_name: P\nhooks: [a.py]\nextra: { run: !!python/name:os.system '' }\n",
  'production/docs/index.md': '# P\n',
  'removed/mkdocs.yml': 'site_name: R\nstrict: true\nhooks: [a.py]\nextra_javascript: [a.js]\n',
  'removed/docs/index.md': '# R\n',
  'mkdocs-rules/.vscode/settings.json': '{ "callboard.docs.rules": "mkdocs" }',
  'mkdocs-rules/mkdocs.yml': 'site_name: M\nhooks: [a.py]\n',
  'mkdocs-rules/docs/index.md': '# M\n',
  'app-config.yaml':
    'techdocs: { generator: { mkdocs: { dangerouslyAllowAdditionalKeys: [hooks] } } }\n',
};

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'callboard-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const check = (...args: string[]): ReturnType<typeof callboard> =>
  callboard(['docs', 'check', ...args], { cwd });

describe('callboard docs check', () => {
  it('reports the problems of all sites in a folder', async () => {
    const { code, stdout, stderr } = await check('bad');
    expect(stdout).toBe(`bad/docs/index.md
  3:5  warning  The target 'mor.md' is not found among documentation files.  page-link-missing
                Did you mean more.md?

bad/docs/more.md
  1:1  info  The page is not included in the "nav" configuration of mkdocs.yml.  page-not-in-nav
  3:5  info  The doc 'index.md' does not contain an anchor '#no'.  page-anchor-missing

bad/mkdocs.yml
  4:5  warning  A reference to 'none.md' is included in the 'nav' configuration, which is not found in the documentation files.  nav-page-missing

0 errors, 2 warnings, 2 infos in 1 site (2 pages)
`);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    [['good'], 0, 'No problems in 1 site (1 page)\n'],
    [['good', '--strict'], 0, 'No problems in 1 site (1 page)\n'],
    [['bad', '--strict'], 1, '0 errors, 2 warnings, 2 infos in 1 site (2 pages)\n'],
    [['broken'], 1, '1 error, 0 warnings in 1 site (1 page)\n'],
    [['strict'], 1, '0 errors, 1 warning in 1 site (1 page)\n'],
    [['settings'], 1, '1 error, 0 warnings in 1 site (1 page)\n'],
    [['bad/mkdocs.yml'], 0, '0 errors, 2 warnings, 2 infos in 1 site (2 pages)\n'],
    [['plain'], 0, 'No docs found.\n'],
  ])('%j exits with %i', async (args, expected, ending) => {
    const { code, stdout } = await check(...args);
    expect([code, stdout.endsWith(ending) ? ending : stdout]).toEqual([expected, ending]);
  });

  it('reports a page of several sites once', async () => {
    const { stdout } = await check('parent', '--format', 'json');
    const { problems, sites, pages } = JSON.parse(stdout) as {
      problems: { code: string; file: string }[];
      sites: number;
      pages: number;
    };
    expect(problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'page-link-missing docs/index.md',
      'page-link-missing part/docs/index.md',
    ]);
    expect([sites, pages]).toEqual([2, 3]);
  });

  it('prints annotations for GitHub, from the root of the checkout', async () => {
    const { stdout } = await callboard(['docs', 'check', 'strict', '--format', 'github'], {
      cwd,
      env: { GITHUB_WORKSPACE: dirname(cwd) },
    });
    const [first] = stdout.split('\n');
    expect(first).toBe(
      `::warning file=${cwd.slice(dirname(cwd).length + 1)}/strict/docs/index.md,line=1,endLine=1,col=5,endColumn=11,title=page-link-missing::The target 'none.md' is not found among documentation files.`,
    );
  });

  it.each([
    [['none'], "none doesn't exist"],
    [['bad/docs/index.md'], 'bad/docs/index.md is not a mkdocs.yml'],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await check(...args);
    expect([code, stderr]).toEqual([
      2,
      `callboard: ${message}\nRun "callboard docs check --help" for usage.\n`,
    ]);
  });

  it.each([
    [
      ['--format', 'json'],
      'Unknown option --format for "docs render". Available: --help, --version, --techdocs-core',
    ],
    [
      ['--strict'],
      'Unknown option --strict for "docs render". Available: --help, --version, --techdocs-core',
    ],
  ])('rejects options of other subcommands: %j', async (options, message) => {
    const { code, stderr } = await callboard(['docs', 'render', 'x.md', ...options], { cwd });
    expect([code, stderr.split('\n')[0]]).toEqual([2, `callboard: ${message}`]);
  });
});

describe('callboard docs check by the rules of TechDocs', () => {
  it('reports parts that production removes or rejects', async () => {
    const { code, stdout } = await check('production');
    expect(stdout).toContain('TechDocs removes "hooks" from mkdocs.yml.');
    expect(stdout).toContain('docs-config-removed');
    expect(stdout).toContain(
      "Unsupported Python YAML tag 'tag:yaml.org,2002:python/name:os.system'",
    );
    expect(code).toBe(1);
  });

  it('reports neither with --as-mkdocs nor with the setting', async () => {
    expect((await check('production', '--as-mkdocs')).code).toBe(0);
    expect((await check('mkdocs-rules')).stdout).not.toContain('docs-config-removed');
  });

  it('allows more with an app-config', async () => {
    const { stdout } = await check('removed', '--config', 'app-config.yaml');
    expect(stdout).not.toContain('"hooks"');
    expect(stdout).toContain('"extra_javascript"');
  });

  it('passes a strict site with removed parts', async () => {
    expect((await check('removed')).code).toBe(0);
    expect((await check('removed', '--strict')).code).toBe(1);
  });
});
