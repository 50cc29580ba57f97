import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../../../../../src/platform/node';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { writeFiles } from '../../../../../support/folders';
import { useTemporaryFolder } from '../../../../../support/temporaryFolder';
import { openCatalog } from '../../../../../support/testCatalog';

const SECRET = 'the secret of somebody else';

/** A real workspace beside a secret, on a real disk. */
let folder: string;
useTemporaryFolder(path => (folder = path));
beforeEach(() => {
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  writeFileSync(join(folder, 'secret.yaml'), aComponent('secret'));
  mkdirSync(join(folder, 'work'));
});

const write = (files: Readonly<Record<string, string>>): void =>
  writeFiles(join(folder, 'work'), files);

async function read(): Promise<{ refs: readonly string[]; codes: readonly string[]; all: string }> {
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
  });
  engine.setRoots([{ uri: pathToFileUri(join(folder, 'work')), name: 'work' }]);
  await engine.refresh();
  const entities = engine.getEntities();
  const problems = engine.getProblems().filter(({ code }) => code !== 'dangling-reference');
  engine.dispose();
  return {
    refs: entities.map(({ metadata }) => metadata.name),
    codes: problems.map(({ code }) => code),
    all: JSON.stringify([entities, problems]),
  };
}

const WAYS_OUT = [
  '../secret.txt',
  './a/../../secret.txt',
  '%2e%2e/secret.txt',
  '..%2fsecret.txt',
  './link.txt',
  './folder-link/secret.txt',
];

describe.skipIf(process.platform === 'win32')('References on a real disk', () => {
  beforeEach(() => {
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'work', 'link.txt'));
    symlinkSync(join(folder, 'secret.yaml'), join(folder, 'work', 'link.yaml'));
    symlinkSync(folder, join(folder, 'work', 'folder-link'));
  });

  it.each([...WAYS_OUT, 'ABSOLUTE', 'FILE'])(
    "in a placeholder can't leave the repository by %s",
    async way => {
      const absolute = join(folder, 'secret.txt');
      const reference = way === 'ABSOLUTE' ? absolute : way === 'FILE' ? `file://${absolute}` : way;
      write({
        'x.yaml': aDescriptor('api:x', { definition: { $text: reference } }),
        'y.yaml': aComponent('y'),
      });
      const { refs, codes, all } = await read();
      expect(all).not.toContain(SECRET);
      expect(codes.length).toBe(1);
      expect(refs).toContain('y');
    },
  );

  it.each(['../secret.yaml', './link.yaml', './folder-link/secret.yaml', '../*.yaml', 'ABSOLUTE'])(
    "in a Location can't leave the repository by %s",
    async way => {
      write({
        'x.yaml': aLocation('x', way === 'ABSOLUTE' ? join(folder, 'secret.yaml') : way),
        'y.yaml': aComponent('y'),
      });
      const { refs, codes } = await read();
      expect(refs).toEqual(['y', 'x']);
      expect(codes).toHaveLength(1);
    },
  );

  it.each(['/dev/zero', 'pipe'])("don't block on %s or read it", async device => {
    const target = join(folder, 'work', 'endless.txt');
    if (device === 'pipe') execFileSync('mkfifo', [target]);
    else symlinkSync(device, target);
    execFileSync('mkfifo', [join(folder, 'work', 'catalog-info.yaml')]);
    write({
      'x.yaml': aDescriptor('api:x', { definition: { $text: './endless.txt' } }),
      'l.yaml': aLocation('l', './endless.txt'),
      'y.yaml': aComponent('y'),
    });
    const { refs, codes } = await read();
    expect(refs).toContain('y');
    expect(codes).toHaveLength(2);
  });
});

it.each([
  ['a NUL', 'a\0.yaml'],
  ['a UNC path', '\\\\server\\share\\x.yaml'],
  ['two slashes', '//server/share/x.yaml'],
  ['another file URL', 'file:///etc/passwd'],
  ['a drive letter', 'C:\\x.yaml'],
  ['a stray percent sign', './%E0%A4%A.yaml'],
  ['a lone surrogate', './\ud800.yaml'],
  ['only dots', './../../../../../..'],
  ['a very long path', `./${'a/'.repeat(50_000)}x.yaml`],
  ['a very long name', `./${'a'.repeat(100_000)}.yaml`],
  ['many asterisks', './**/**/**/**/**/**/**/**/*a*a*a*a*a*a*a*a*b.yaml'],
  ['nested alternatives', `./${'{a,b'.repeat(500)}${'}'.repeat(500)}.yaml`],
  ['nested groups', `./${'+(a|'.repeat(300)}b${')'.repeat(300)}.yaml`],
  ['open brackets', `./${'['.repeat(4000)}.yaml`],
  ['an unclosed range', './{1..1000000000}.yaml'],
  ['nested negations', `./${'!('.repeat(50)}a${')'.repeat(50)}.yaml`],
])('reports a Location target with %s at its position', async (_, target) => {
  const files: Record<string, string> = {
    'l.yaml': aDescriptor('location:l', { targets: [target] }),
    'org.yaml': aDescriptor('group:team'),
    'z.yaml': aComponent('z'),
  };
  for (let i = 0; i < 50; i++) files[`${'a'.repeat(60)}/${i}-${'a'.repeat(60)}.yaml`] = '# none\n';
  const catalog = await openCatalog(files);
  expect(catalog.refs()).toContain('component:default/z');
  const problems = catalog.problems();
  expect(problems.map(({ file }) => file?.endsWith('/l.yaml'))).toEqual([true]);
  expect(problems[0]?.range.start.line).toBeGreaterThan(0);
});

it('reads cyclic placeholders once each', async () => {
  const ring = (to: string): string => `openapi: 3.0.0\ninfo: { $ref: ./${to} }\npaths: {}\n`;
  const catalog = await openCatalog({
    'x.yaml': aDescriptor('api:x', { definition: { $openapi: './a.txt' } }),
    'y.yaml': aComponent('y'),
    'a.txt': ring('b.txt'),
    'b.txt': ring('a.txt'),
  });
  expect(catalog.refs()).toContain('component:default/y');
});

it.each([
  ['many asterisks', `${'*a'.repeat(2000)}\n`],
  ['nested ranges', `${'['.repeat(5000)}\n`],
  ['backslashes', `${'\\'.repeat(10_001)}\n`],
  ['repeated double asterisks', `${'**/'.repeat(2000)}x\n`],
  ['very many lines', 'x/y/z*\n'.repeat(20_000)],
  ['binary content', '\0\x01\uFFFD\n'],
])('reads a .gitignore with %s in bounded time', async (_, text) => {
  const catalog = await openCatalog({
    '.gitignore': text,
    'a.yaml': aComponent('a'),
    [`${'a'.repeat(200)}/b.yaml`]: aComponent('b'),
  });
  expect(catalog.refs()).toContain('component:default/a');
});
