import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor } from '../../../../support/descriptors';
import { TestRepository } from '../../../../support/gitRepository';
import { writeFiles } from '../../../../support/folders';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let cwd: string;

useTemporaryFolder(path => {
  cwd = path;
  new TestRepository(cwd).commit({
    'org.yaml': aDescriptor('group:crew'),
    'shop/catalog-info.yaml': aComponent('shop', { owner: 'crew' }),
    'shop/src/main.ts': '',
    'docs/index.md': '',
    'package.json': '{}',
    CODEOWNERS: '/docs/ @acme/writers\n',
  });
});

const run = (line: string, folder = cwd): ReturnType<typeof callboard> =>
  callboard(['owner', ...line.split(' ')], { cwd: folder });

describe('`callboard owner`', () => {
  it('shows the owner, the entity and the source of each file', async () => {
    const { code, stdout } = await run('shop/src/main.ts shop/catalog-info.yaml docs/index.md');
    expect({ code, rows: stdout.split('\n').map(row => row.trim().split(/ {2,}/)) }).toEqual({
      code: 0,
      rows: [
        ['FILE', 'OWNER', 'ENTITY', 'FROM'],
        ['shop/src/main.ts', 'crew', 'component:shop', 'shop/catalog-info.yaml:4'],
        ['shop/catalog-info.yaml', 'crew', 'component:shop', 'shop/catalog-info.yaml:4'],
        ['docs/index.md', '@acme/writers', 'CODEOWNERS:1'],
        [''],
      ],
    });
  });

  it('reads the current folder without a repository', async () => {
    rmSync(join(cwd, '.git'), { recursive: true });
    writeFiles(cwd, { 'catalog-info.yaml': aComponent('all', { owner: 'crew' }), 'a/b.ts': '' });
    expect((await run('a/b.ts')).stdout).toMatch(/a\/b\.ts +crew +component:all +catalog-info/);
  });

  it('prints all candidates as JSON with relative paths', async () => {
    const { stdout } = await run('main.ts --format json', `${cwd}/shop/src`);
    expect(JSON.parse(stdout)).toEqual({
      files: [
        {
          file: 'main.ts',
          owners: ['group:default/crew'],
          reason: 'it is in the folder of component:default/shop, which has this spec.owner',
          entity: 'component:default/shop',
          sources: [
            {
              type: 'entity',
              ref: 'component:default/shop',
              owners: ['group:default/crew'],
              file: '../catalog-info.yaml',
              line: 4,
            },
          ],
        },
      ],
    });
  });

  it('exits with 1 without an owner and 2 for a missing file', async () => {
    const { code, stdout } = await run('package.json');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('(none)') });
    expect(await run('nothing.ts')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("nothing.ts doesn't exist") as string,
    });
    expect(await callboard(['owner'], { cwd })).toMatchObject({ code: 2 });
  });
});
