import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeFiles } from '../../../../support/folders';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let folder: string;
useTemporaryFolder(path => (folder = path));
beforeEach(() => {
  write({
    CODEOWNERS: '/a/ @acme/sales\n',
    'a/package.json': '{"name":"@acme/shop","dependencies":{"express":"4"}}',
    'b/go.mod': 'module example.com/tills',
    'examples/c/go.mod': 'module c',
  });
});

const write = (files: Readonly<Record<string, string>>): void => writeFiles(folder, files);

describe('`callboard import`', () => {
  it('prints the descriptors without writing files', async () => {
    const { code, stdout } = await callboard(['import', folder]);
    expect(code).toBe(0);
    expect(stdout).toBe(`a/catalog-info.yaml
  apiVersion: backstage.io/v1alpha1
  kind: Component
  metadata:
    name: shop
    tags:
      - javascript
      - express
  spec:
    type: service
    lifecycle: production
    owner: sales

b/catalog-info.yaml
  apiVersion: backstage.io/v1alpha1
  kind: Component
  metadata:
    name: tills
    tags:
      - go
  spec:
    type: library
    lifecycle: production
    # Nobody is known to own this folder: name a group or a user.
    owner: unknown

Skipped, review them in the editor with "Callboard: Import…":
  examples/c (go)

2 descriptors to write with --write; 0 folders have a descriptor already. 1 of them without a known owner.
`);
    expect((await callboard(['import', '--dry-run'], { cwd: folder })).stdout).toBe(stdout);
  });

  it('writes valid descriptors once', async () => {
    const written = await callboard(['import', '--write', '--owner', 'user:jane'], { cwd: folder });
    expect(written.stdout).toContain('wrote a/catalog-info.yaml: component:default/shop\n');
    expect(readFileSync(join(folder, 'b/catalog-info.yaml'), 'utf8')).toContain('owner: user:jane');
    expect((await callboard(['validate', folder])).code).toBe(0);
    const second = await callboard(['import', '--write'], { cwd: folder });
    expect(second.stdout).toContain('Nothing to import: 2 folders have a descriptor already.');
  });

  it('overwrites no files, not even through symbolic links', async () => {
    write({ outside: 'as it was' });
    symlinkSync('../outside', join(folder, 'a/catalog-info.yaml'));
    const { stdout } = await callboard(['import', '--write'], { cwd: folder });
    expect(stdout).not.toContain('a/catalog-info.yaml');
    expect(readFileSync(join(folder, 'outside'), 'utf8')).toBe('as it was');
  });

  it('prints candidates and drafts as JSON', async () => {
    const { stdout } = await callboard(['import', folder, '--format', 'json']);
    const { candidates, drafts, described } = JSON.parse(stdout) as {
      candidates: unknown[];
      drafts: { folder: string; written: boolean; owner: unknown; entities: unknown }[];
      described: number;
    };
    expect(described).toBe(0);
    expect(candidates[2]).toEqual({
      folder: 'examples/c',
      evidence: [{ type: 'go', file: 'examples/c/go.mod' }],
      coveredBy: null,
      suggested: false,
    });
    expect(
      drafts.map(({ folder: path, owner, written, entities }) => [path, owner, written, entities]),
    ).toEqual([
      ['a', 'sales', false, ['component:default/shop']],
      ['b', null, false, ['component:default/tills']],
    ]);
  });

  it.each([
    [['--write', '--dry-run'], 'Use either --write or --dry-run'],
    [['--owner', 'a b'], '--owner must be a reference such as team-a or user:jane, not "a b"'],
    [['nowhere'], "Folder nowhere doesn't exist"],
  ])('rejects invalid arguments %j', async (args, message) => {
    const { code, stderr } = await callboard(['import', ...args], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
