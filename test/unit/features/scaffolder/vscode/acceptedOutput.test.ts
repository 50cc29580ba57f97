import { expect, it, vi } from 'vitest';
import type { ActionsService } from '../../../../../src/api';
import { acceptOutput } from '../../../../../src/features/scaffolder/vscode/acceptedOutput';
import { InMemoryOutputFolder } from '../../../../support/inMemoryOutputFolder';

const user = vi.hoisted(() => ({ choice: Promise.resolve(undefined as string | undefined) }));

vi.mock('vscode', () => ({
  l10n: { t: (message: string) => message },
  window: { showInformationMessage: () => user.choice },
}));

it('replaces the expected output, and restores it on Undo', async () => {
  const before = { 'golden/same.txt': 'same', 'golden/run.sh': 'old', 'golden/gone.txt': 'gone' };
  const output = new InMemoryOutputFolder(before, { executables: ['golden/run.sh'] });
  const actions = {
    run: (_title: string, action: () => Promise<unknown>) => action(),
  } as unknown as ActionsService;
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  user.choice = promise;
  const fileOf = (text: string) => ({
    content: new TextEncoder().encode(text),
    isExecutable: false,
  });
  const start = output.texts;
  await acceptOutput(
    {
      root: 'file:///work',
      folder: 'golden',
      write: new Map([
        ['run.sh', fileOf('new')],
        ['added.txt', fileOf('added')],
      ]),
      remove: ['gone.txt'],
    },
    { output, actions },
  );
  expect(output.texts).toEqual({
    'golden/same.txt': 'same',
    'golden/run.sh': 'new',
    'golden/added.txt': 'added',
  });
  resolve('Undo');
  await vi.waitFor(() => expect(output.texts).toEqual(start));
});
