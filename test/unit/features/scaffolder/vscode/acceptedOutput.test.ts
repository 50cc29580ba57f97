import { expect, it, vi } from 'vitest';
import type { ActionsService } from '../../../../../src/api';
import type { TaskFile } from '../../../../../src/features/scaffolder/core/workspace/memoryWorkspace';
import { acceptOutput } from '../../../../../src/features/scaffolder/vscode/acceptedOutput';
import { InMemoryOutputFolder } from '../../../../support/inMemoryOutputFolder';

const user = vi.hoisted(() => ({ choice: Promise.resolve(undefined as string | undefined) }));

vi.mock('vscode', () => ({
  l10n: { t: (message: string) => message },
  window: { showInformationMessage: () => user.choice },
}));

const update = {
  root: 'file:///work',
  folder: 'golden',
  write: new Map([
    ['run.sh', fileOf('new')],
    ['added.txt', fileOf('added')],
  ]),
  remove: ['gone.txt'],
};

function fileOf(text: string): TaskFile {
  return { content: new TextEncoder().encode(text), isExecutable: false };
}

/** Accepts the output. Returns a function that presses Undo, and resolves with the error of that, if any. */
async function accept(output: InMemoryOutputFolder): Promise<() => Promise<unknown>> {
  const undone = Promise.withResolvers<unknown>();
  const actions = {
    run: (_title: string, action: () => Promise<void>) =>
      action().then(() => undone.resolve(undefined), undone.resolve),
  } as unknown as ActionsService;
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  user.choice = promise;
  await acceptOutput(update, { output, actions });
  return () => {
    resolve('Undo');
    return undone.promise;
  };
}

it('replaces the expected output, and restores it on Undo', async () => {
  const before = { 'golden/same.txt': 'same', 'golden/run.sh': 'old', 'golden/gone.txt': 'gone' };
  const output = new InMemoryOutputFolder(before, { executables: ['golden/run.sh'] });
  const start = output.texts;
  const undo = await accept(output);
  expect(output.texts).toEqual({
    'golden/same.txt': 'same',
    'golden/run.sh': 'new',
    'golden/added.txt': 'added',
  });
  expect(await undo()).toBeUndefined();
  expect(output.texts).toEqual(start);
});

it('does not undo if a file changed since', async () => {
  const output = new InMemoryOutputFolder({ 'golden/run.sh': 'old' });
  const undo = await accept(output);
  output.put('golden/added.txt', 'edited');
  expect(await undo()).toMatchObject({ message: expect.stringContaining('has changed') });
  expect(output.texts).toEqual({ 'golden/run.sh': 'new', 'golden/added.txt': 'edited' });
});
