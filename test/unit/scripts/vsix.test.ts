import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileListProblems, readZip, withoutRelativeLinks } from '../../../scripts/lib/vsix.mjs';

const good = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/LICENSE.txt',
  'extension/NOTICE',
  'extension/ThirdPartyNotices.txt',
  'extension/dist/extension.mjs',
  'extension/dist/browser/extension.js',
  'extension/docs/problems.md',
  'extension/l10n/bundle.l10n.json',
  'extension/media/icon.png',
  'extension/media/callboard.svg',
  'extension/templates/typescript-service/template.yaml',
  'extension/templates/typescript-service/skeleton/.editorconfig',
  'extension/templates/typescript-service/skeleton/.github/workflows/ci.yml',
  'extension/templates/typescript-service/skeleton/package-lock.json',
];

describe('fileListProblems', () => {
  test('returns no problems for a good package', () => {
    expect(fileListProblems(good)).toEqual([]);
  });

  test.for([
    'extension/src/extension.ts',
    'extension/dist/extension.mjs.map',
    'extension/node_modules/yaml/index.js',
    'extension/demo/catalog-info.yaml',
    'extension/test/unit/a.test.ts',
    'extension/out/test/host/basics.js',
    'extension/package-lock.json',
    'extension/.npmrc',
    'extension/templates/typescript-service/template.callboard-test.yaml',
  ])('rejects %s', file => {
    expect(fileListProblems([...good, file])).toEqual([
      `${file} does not belong into the package.`,
    ]);
  });

  test('reports missing files that the extension needs', () => {
    const files = good.filter(file => file !== 'extension/dist/extension.mjs');
    expect(fileListProblems(files)).toEqual(['extension/dist/extension.mjs is missing.']);
  });
});

test('withoutRelativeLinks keeps images, web addresses and headings', () => {
  const markdown =
    '![Home](a.png) **[Browse](docs/browse.md)**, [Backstage](https://backstage.io), [above](#a), [x](../b.md#c)';
  expect(withoutRelativeLinks(markdown)).toBe(
    '![Home](a.png) **Browse**, [Backstage](https://backstage.io), [above](#a), x',
  );
});

test('readZip reads names and contents', async () => {
  // One stored file, a.txt, that says hello.
  const zip = Buffer.from(
    'UEsDBBQAAAAAAAAAIQCGphA2BQAAAAUAAAAFAAAAYS50eHRoZWxsb1BLAQIUAxQAAAAAAAAAIQCGphA2BQAAAAUAAAAFAAAAAAAAAAAAAACAAQAAAABhLnR4dFBLBQYAAAAAAQABADMAAAAoAAAAAAA=',
    'base64',
  );
  const folder = mkdtempSync(join(tmpdir(), 'callboard-zip-'));
  try {
    const file = join(folder, 'a.zip');
    writeFileSync(file, zip);
    const files = await readZip(file);
    expect([...files.keys()]).toEqual(['a.txt']);
    expect(files.get('a.txt')?.toString()).toBe('hello');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
