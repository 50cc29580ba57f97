import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserCache } from '../../../src/cli/userCache';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { longRun } from '../../support/longRun';
import { callboard } from './capture';
import { repositoryEdit } from './repositoryEdits';

it.skipIf(process.platform === 'win32')(
  'returns the same result from undone changes and from the whole commit',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(repositoryEdit, { maxLength: 12 }),
        fc.array(repositoryEdit, { minLength: 1, maxLength: 5 }),
        async (before, after) => {
          const folder = mkdtempSync(join(tmpdir(), 'callboard-'));
          try {
            const repository = new TestRepository(join(folder, 'repository'));
            repository.write({
              'README.md': '# Here\n',
              'org.yaml': documents(aDescriptor('group:team'), aComponent('d', { owner: 'team' })),
            });
            for (const change of before) change(repository);
            repository.commit();
            repository.git('checkout', '--quiet', '-b', 'feature');
            for (const change of after) change(repository);
            const validate = (...options: readonly string[]): Promise<unknown> =>
              callboard(['validate', '--format', 'json', '--changed-since', 'main', ...options], {
                cwd: repository.folder,
                cache: new UserCache(join(folder, 'cache'), async () => new Uint8Array(1)),
              });
            const found = [await validate('--no-cache'), await validate(), await validate()];
            // Git doesn't report all changes after this.
            repository.git('update-index', '--assume-unchanged', 'README.md');
            const expected = await validate('--no-cache');
            expect(found).toEqual(found.map(() => expected));
          } finally {
            rmSync(folder, { recursive: true });
          }
        },
      ),
      longRun({ runs: 8, seed: 20261201 }),
    );
  },
  600_000,
);
