import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dependenciesState, stampDependencies } from '../../../scripts/lib/dependencies.mjs';

describe('dependenciesState', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'callboard-dependencies-'));
    writeLockfile({ 'node_modules/a': { version: '1.0.0' } });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function writeLockfile(packages: Record<string, object>, eol = '\n'): void {
    const text = JSON.stringify({ packages: { '': {}, ...packages } }, undefined, 2);
    writeFileSync(join(root, 'package-lock.json'), text.replaceAll('\n', eol));
  }
  function writeInstalled(packages: Record<string, object>): void {
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  }

  test('is missing without node_modules', () => {
    expect(dependenciesState(root)).toBe('missing');
  });

  test('is outdated after an interrupted installation', () => {
    mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
    expect(dependenciesState(root)).toBe('outdated');
  });

  test('is current after stamping, whatever the line ends of the checkout', () => {
    mkdirSync(join(root, 'node_modules'));
    stampDependencies(root);
    writeLockfile({ 'node_modules/a': { version: '1.0.0' } }, '\r\n');
    expect(dependenciesState(root)).toBe('current');
  });

  test('is outdated if the lockfile requires another version', () => {
    writeInstalled({ 'node_modules/a': { version: '1.0.0' } });
    stampDependencies(root);
    writeLockfile({ 'node_modules/a': { version: '1.0.1' } });
    expect(dependenciesState(root)).toBe('outdated');
  });

  test('is current if npm has installed the versions of the new lockfile', () => {
    writeInstalled({ 'node_modules/a': { version: '1.0.0' } });
    stampDependencies(root);
    writeLockfile({
      'node_modules/a': { version: '1.0.0' },
      'node_modules/for-another-platform': { version: '1.0.0', optional: true },
    });
    expect(dependenciesState(root)).toBe('current');
  });
});
