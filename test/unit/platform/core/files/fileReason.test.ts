import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileReason } from '../../../../../src/platform/core/files';
import { removeAtEnd } from '../../../../../scripts/lib/processes.mjs';

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

test('says in words why the system refuses a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-reason-'));
  removeAtEnd(folder);
  writeFileSync(join(folder, 'file'), '');
  const reasonOf = (action: () => unknown): string => fileReason(thrownBy(action));
  expect(reasonOf(() => readFileSync(join(folder, 'missing')))).toBe("it doesn't exist");
  expect(reasonOf(() => readFileSync(folder))).toBe('it is a folder');
  expect(reasonOf(() => readFileSync(join(folder, 'file', 'below')))).toBe(
    'a part of the path is a file',
  );
  expect(reasonOf(() => mkdirSync(join(folder, 'file')))).toBe(
    'a file with this name already exists',
  );
  expect(reasonOf(() => readFileSync(join(folder, 'x'.repeat(300))))).toBe('the name is too long');
});

test.each([
  [Object.assign(new Error('EWHAT: else'), { code: 'EWHAT' }), 'EWHAT: else'],
  [Object.assign(new Error('a name of tables'), { code: 'constructor' }), 'a name of tables'],
  [new Error('without a code'), 'without a code'],
  ['a text', 'a text'],
  [undefined, 'undefined'],
])('keeps the message of %s', (error, message) => {
  expect(fileReason(error)).toBe(message);
});
