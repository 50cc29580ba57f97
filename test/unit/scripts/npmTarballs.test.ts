import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { filesOf } from '../../../scripts/lib/npmTarballs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'callboard-tarballs-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reads what npm packs, long paths and texts of any length included', () => {
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
  const files = [...filesOf(gunzipSync(readFileSync(join(folder, tarball))))];
  const read = files.map(({ path, content }) => [
    path.replace('package/', ''),
    content.toString('utf8'),
  ]);
  expect(Object.fromEntries(read)).toEqual(written);
});
