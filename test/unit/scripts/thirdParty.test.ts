import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { productBuilds } from '../../../scripts/lib/bundles.mjs';
import {
  collectPackages,
  formatNotices,
  type LicenseDetails,
  type Package,
} from '../../../scripts/lib/thirdParty.mjs';
import { writeFiles } from '../../support/folders';

describe('collectPackages', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-third-party-')));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const manifest = (name: string, version: string): string =>
    JSON.stringify({ name, version, license: 'MIT' });

  test('finds packages, nested versions, parts of published files, and legal comments', async () => {
    writeFiles(root, {
      'main.js': `import '@acme/used'; import 'whole'; import { unused } from 'unused';`,
      'node_modules/@acme/used/package.json': manifest('@acme/used', '1.0.0'),
      'node_modules/@acme/used/index.js': `/*! Copyright Acme */\nimport 'nested'; console.log(1);`,
      'node_modules/@acme/used/node_modules/nested/package.json': manifest('nested', '2.0.0'),
      'node_modules/@acme/used/node_modules/nested/index.js': 'console.log(2);',
      'node_modules/nested/package.json': manifest('nested', '3.0.0'),
      'node_modules/whole/package.json': manifest('whole', '4.0.0'),
      'node_modules/whole/index.js': [
        '// ../node_modules/.pnpm/@acme+part@5.0.0_peer@1.0.0/node_modules/@acme/part/index.js',
        '//#region ../node_modules/.pnpm/nested@2.0.0/node_modules/nested/index.js',
        'console.log(3);',
      ].join('\n'),
      'node_modules/unused/package.json': JSON.stringify({
        name: 'unused',
        version: '6.0.0',
        sideEffects: false,
      }),
      'node_modules/unused/index.js': 'export const unused = 1;',
    });
    const build = { absWorkingDir: root, entryPoints: ['main.js'], outdir: 'dist', bundle: true };

    const packages = await collectPackages([build], root);

    expect(
      packages.map(({ name, version, partOf, isEmpty, comments }) => [
        `${name} ${version}`,
        ...partOf.map(whole => `in ${whole}`),
        ...(isEmpty ? ['empty'] : []),
        ...comments,
      ]),
    ).toEqual([
      ['@acme/part 5.0.0', 'in whole 4.0.0'],
      ['@acme/used 1.0.0', '/*! Copyright Acme */'],
      ['nested 2.0.0'],
      ['unused 6.0.0', 'empty'],
      ['whole 4.0.0'],
    ]);
  });

  test('finds packages in the bundles of workers inside other bundles', async () => {
    const builds = productBuilds({ production: true }).filter(
      ({ outdir }) => outdir === 'dist/webview',
    );
    const names = (await collectPackages(builds, process.cwd())).map(({ name }) => name);
    expect(names).toContain('lit');
    // Only the worker that lays out graphs imports it.
    expect(names).toContain('@dagrejs/dagre');
  });
});

describe('formatNotices', () => {
  const aPackage = (changes: Partial<Package> = {}): Package => ({
    name: 'acme',
    version: '1.0.0',
    license: 'MIT',
    url: 'git+https://github.com/acme/acme.git',
    partOf: [],
    isEmpty: false,
    comments: [],
    ...changes,
  });
  const details = new Map<string, LicenseDetails>([['acme', { text: 'Permission is granted.' }]]);

  test('has name, version, license, text and legal comments of each package', () => {
    const { text, problems } = formatNotices([aPackage({ comments: ['/*! Acme */'] })], details);
    expect(problems).toEqual([]);
    expect(text).toContain(
      'acme 1.0.0\nLicense: MIT\nSource: https://github.com/acme/acme\n\nPermission is granted.\n\n/*! Acme */\n',
    );
  });

  test.for([
    ['git@github.com:acme/acme.git', 'https://github.com/acme/acme'],
    ['git+ssh://git@github.com/acme/acme.git', 'https://github.com/acme/acme'],
    ['git://github.com/acme/acme.git', 'https://github.com/acme/acme'],
    ['github:acme/acme', 'https://github.com/acme/acme'],
    ['acme/acme', 'https://github.com/acme/acme'],
  ] as const)('shows the repository %s as %s', ([url, expected]) => {
    expect(formatNotices([aPackage({ url })], details).text).toContain(`\nSource: ${expected}\n`);
  });

  test('reports missing and rejected licenses, and unused license details', () => {
    const packages = [
      aPackage({ license: 'GPL-3.0-only' }),
      aPackage({ name: 'other', license: undefined }),
    ];
    const { problems } = formatNotices(packages, new Map([...details, ['gone', {}]]));
    expect(problems).toEqual([
      'acme 1.0.0 has the license GPL-3.0-only, which is not accepted.',
      'other 1.0.0 has the license (none), which is not accepted.',
      'other 1.0.0 has no text of its license.',
      'gone is not bundled: its license details are not needed.',
    ]);
  });
});
