import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryWorkspace } from '../../../../../../src/features/scaffolder/core';
import { TaskLimitError } from '../../../../../../src/features/scm/core/forgeFiles';
import { textsOf } from '../../../../../support/templateRuns';

const aWorkspace = (files: Readonly<Record<string, string>> = {}): MemoryWorkspace => {
  const workspace = new MemoryWorkspace('/tmp/task');
  for (const [path, text] of Object.entries(files)) workspace.writeFile(path, text);
  return workspace;
};

describe('MemoryWorkspace', () => {
  it('creates parent folders of files', () => {
    const workspace = aWorkspace({ 'a/b/c.txt': 'c', 'a/d.txt': 'd' });
    expect([...workspace.entries()]).toEqual([
      { path: 'a', isDirectory: true },
      { path: 'a/b', isDirectory: true },
      { path: 'a/d.txt', isDirectory: false },
      { path: 'a/b/c.txt', isDirectory: false },
    ]);
    expect([...workspace.entries('a')].map(({ path }) => path)).toEqual(['b', 'd.txt', 'b/c.txt']);
    expect([...workspace.entries('a/d.txt')]).toEqual([]);
  });

  it('accepts absolute paths within it', () => {
    const workspace = aWorkspace({ 'a.txt': 'a' });
    expect(workspace.has('/tmp/task/a.txt')).toBe(true);
    expect(workspace.resolve('/tmp/task/./x/../a.txt')).toBe('a.txt');
    expect(workspace.resolve('/tmp/task')).toBe('');
  });

  it('keeps the executable flag when the content changes', () => {
    const workspace = aWorkspace();
    workspace.writeFile('run.sh', 'a', { isExecutable: true });
    workspace.writeFile('run.sh', 'b');
    expect(workspace.isExecutable('run.sh')).toBe(true);
    workspace.writeFile('run.sh', 'c', { isExecutable: false });
    expect(workspace.isExecutable('run.sh')).toBe(false);
  });

  it('is emptied when its root is removed', () => {
    const workspace = aWorkspace({ 'a/b': '', c: '' });
    workspace.remove('.');
    expect([...workspace.entries()]).toEqual([]);
    expect(workspace.isDirectory('')).toBe(true);
  });

  it('moves a folder with its contents', () => {
    const workspace = aWorkspace({ 'a/b/c': '1', 'a/d': '2' });
    workspace.move('a', 'x/y');
    expect(textsOf(workspace.files())).toEqual({ 'x/y/d': '2', 'x/y/b/c': '1' });
  });

  it.each([
    ['a file below a file', 'a/b', "EEXIST: file already exists, mkdir '/tmp/task/a'"],
    ['a file further below one', 'a/b/c', "ENOTDIR: not a directory, mkdir '/tmp/task/a/b'"],
    [
      'a file in the place of a folder',
      'd',
      "EISDIR: illegal operation on a directory, open '/tmp/task/d'",
    ],
  ])('rejects %s, as Node does', (_, path, message) => {
    const workspace = aWorkspace({ a: '', 'd/e': '' });
    expect(() => workspace.writeFile(path, '')).toThrow(message);
  });

  it('rejects a path through a file', () => {
    expect(() => aWorkspace({ 'a/b': '' }).resolve('a/b/c/d')).toThrow(
      "ENOTDIR: not a directory, lstat '/tmp/task/a/b/c'",
    );
  });

  it('rejects moving a folder into itself', () => {
    const workspace = aWorkspace({ 'a/b': '' });
    expect(() => workspace.move('a', 'a/c')).toThrow('EINVAL');
    expect(() => workspace.move('a', 'a')).toThrow('EINVAL');
    expect(workspace.has('a/b')).toBe(true);
  });

  it('accepts names that every object has', () => {
    const workspace = aWorkspace({ '__proto__/constructor': 'a', toString: 'b' });
    expect(workspace.has('hasOwnProperty')).toBe(false);
    expect(textsOf(workspace.files())).toEqual(
      Object.fromEntries([
        ['toString', 'b'],
        ['__proto__/constructor', 'a'],
      ]),
    );
  });

  it('limits sizes and numbers of files', () => {
    const limits = { size: 10, entries: 4 };
    const workspace = new MemoryWorkspace('/tmp/task', limits);
    workspace.writeFile('a', '12345');
    workspace.writeFile('a', '1234567890');
    expect(() => workspace.writeFile('b', '1')).toThrow(TaskLimitError);
    workspace.remove('a');
    workspace.writeFile('b', '1234567890');
    expect(() => workspace.makeDirectory('x/y/z/more')).toThrow(
      'A task must not create more than 4 files and folders',
    );
  });

  it('does not count removed files', () => {
    const workspace = new MemoryWorkspace('/tmp/task', { size: 4, entries: 3 });
    for (let round = 0; round < 5; round++) {
      workspace.writeFile('a/b/c', '1234');
      workspace.move('a/b/c', 'a/d');
      workspace.remove('a');
    }
    expect([...workspace.entries()]).toEqual([]);
  });
});

type Operation = readonly [
  name: 'write' | 'mkdir' | 'remove' | 'move' | 'read' | 'list',
  a: string,
  b: string,
];

const operation: fc.Arbitrary<Operation> = fc.tuple(
  fc.constantFrom('write', 'mkdir', 'remove', 'move', 'read', 'list'),
  fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map(p => p.join('/')),
  fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map(p => p.join('/')),
);

it('behaves like a folder on disk after any operations', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 12 }), operations => {
      const root = mkdtempSync(join(tmpdir(), 'callboard-'));
      try {
        const workspace = new MemoryWorkspace(root);
        for (const step of operations) {
          expect(attempt(() => inMemory(workspace, step))).toEqual(
            attempt(() => onDisk(root, step)),
          );
        }
        expect(textsOf(workspace.files())).toEqual(filesBelow(root));
      } finally {
        rmSync(root, { recursive: true });
      }
    }),
    { numRuns: 150 },
  );
});

function inMemory(workspace: MemoryWorkspace, [name, a, b]: Operation): unknown {
  if (name === 'write') return workspace.writeFile(a, b);
  if (name === 'mkdir') return workspace.makeDirectory(a);
  if (name === 'remove') return workspace.remove(a);
  if (name === 'move') return workspace.has(b) ? undefined : workspace.move(a, b);
  if (name === 'read') return new TextDecoder().decode(workspace.readFile(a));
  return workspace.list(a).map(entry => entry.name);
}

function onDisk(root: string, [name, a, b]: Operation): unknown {
  const path = join(root, a);
  const other = join(root, b);
  if (name === 'write') {
    mkdirSync(join(path, '..'), { recursive: true });
    return writeFileSync(path, b);
  }
  if (name === 'mkdir') return void mkdirSync(path, { recursive: true });
  if (name === 'remove') return existsSync(path) ? rmSync(path, { recursive: true }) : undefined;
  if (name === 'move') {
    if (existsSync(other) || !existsSync(path) || b.startsWith(`${a}/`)) {
      return existsSync(other) ? undefined : renameSync(path, other);
    }
    mkdirSync(join(other, '..'), { recursive: true });
    return renameSync(path, other);
  }
  if (name === 'read') return readFileSync(path, 'utf8');
  return readdirSync(path).sort();
}

/** Result of an operation: a value or an error. */
function attempt(work: () => unknown): unknown {
  try {
    return { value: work() };
  } catch (error) {
    return { failed: error instanceof Error };
  }
}

function filesBelow(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter(path => statSync(join(root, path)).isFile())
      .map(path => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]),
  );
}
