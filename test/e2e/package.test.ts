import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageExtension, packageFolder } from '../../scripts/lib/packageExtension.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { filesBelow } from '../../scripts/lib/shippedFiles.mjs';
import { fileListProblems, readZip } from '../../scripts/lib/vsix.mjs';

const files = await readZip(process.env.CALLBOARD_VSIX ?? (await packageExtension()));

test('includes the required files and nothing else in the .vsix', () => {
  expect(fileListProblems([...files.keys()])).toEqual([]);
});

test('includes every file that .vscodeignore lists', () => {
  const names = [...files.keys()].map(name => name.toLowerCase());
  for (const file of filesBelow(packageFolder)) {
    if (file === '.vscodeignore') continue;
    // vsce adds an extension to it.
    const name = file === 'LICENSE' ? 'license.txt' : file.toLowerCase();
    expect(names).toContain(`extension/${name}`);
  }
});

test('includes the images of the readme', () => {
  const pictures = [...text('extension/readme.md').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
  expect(pictures.length).toBeGreaterThan(1);
  for (const [, path] of pictures) expect([...files.keys()]).toContain(`extension/${path}`);
});

test('includes the licenses of bundled packages', () => {
  const notices = readFileSync(inProject('ThirdPartyNotices.txt'), 'utf8');
  expect(text('extension/ThirdPartyNotices.txt')).toBe(notices);
});

test('builds the .vsix without source maps', () => {
  expect(text('extension/dist/extension.mjs')).not.toContain('sourceMappingURL');
});

test('builds the .vsix from this version of the manifest', () => {
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as {
    version: string;
  };
  expect(JSON.parse(text('extension/package.json'))).toMatchObject({
    publisher: 'callboard',
    name: 'callboard',
    version,
  });
});

function text(name: string): string {
  const content = files.get(name);
  if (!content) throw new Error(`${name} is not in the package.`);
  return content.toString('utf8');
}
