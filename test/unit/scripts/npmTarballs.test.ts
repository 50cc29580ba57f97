import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { unpackTarball } from '../../../scripts/lib/npmTarballs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'callboard-tarballs-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reads files packed by npm, with long paths and texts of any length', async () => {
  const long = `${'deep/'.repeat(30)}${'a'.repeat(90)}.txt`;
  const written: Record<string, string> = {
    'package.json': '{ "name": "a", "version": "1.0.0" }',
    'empty.txt': '',
    'ü.txt': 'ä'.repeat(512),
    [long]: 'long',
  };
  for (const [path, text] of Object.entries(written)) {
    mkdirSync(dirname(join(folder, 'a', path)), { recursive: true });
    writeFileSync(join(folder, 'a', path), text);
  }
  execFileSync('npm', ['pack', '--silent', './a'], {
    cwd: folder,
    shell: process.platform === 'win32',
  });
  const [tarball = ''] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
  const unpacked = join(folder, 'unpacked');
  await unpackTarball(readFileSync(join(folder, tarball)), unpacked);
  const read = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map(path => [relative(unpacked, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]);
  expect(Object.fromEntries(read)).toEqual(written);
});
