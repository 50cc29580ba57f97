import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';

const manifestText = readFileSync(inProject('package.json'), 'utf8');
const strings = JSON.parse(readFileSync(inProject('package.nls.json'), 'utf8')) as Record<
  string,
  string | { message: string }
>;
const used = [...manifestText.matchAll(/"%([\w.:-]+)%"/g)].map(([, key]) => key ?? '');

test('package.nls.json has every string of the manifest', () => {
  expect(used.filter(key => !Object.hasOwn(strings, key))).toEqual([]);
});

test('package.nls.json has no unused string', () => {
  expect(Object.keys(strings).filter(key => !used.includes(key))).toEqual([]);
});

test('the manifest declares limited support without trust and without a disk', () => {
  expect(JSON.parse(manifestText)).toMatchObject({
    publisher: 'callboard',
    name: 'callboard',
    engines: { vscode: '^1.101.0' },
    extensionKind: ['workspace'],
    capabilities: {
      untrustedWorkspaces: { supported: 'limited' },
      virtualWorkspaces: { supported: 'limited' },
    },
  });
});
