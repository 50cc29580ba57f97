import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import {
  coreServices,
  type FileEdit,
  type RefactoringPlan,
  type RefactoringService,
} from '../../../src/api';
import { activatePortal, resolveDeps, workspaceUri } from '../../support/portal';

describe('Refactoring service', () => {
  let refactoring: RefactoringService;

  before(async () => {
    const api = await activatePortal();
    const deps = { refactoring: coreServices.refactoring };
    ({ refactoring } = await resolveDeps(api, 'refactoring', deps));
  });

  const textsOf = ({ parts }: RefactoringPlan): Readonly<Record<string, readonly string[]>> => {
    const texts = (edit: FileEdit): readonly string[] =>
      'edits' in edit ? edit.edits.map(({ newText }) => newText) : [];
    return Object.fromEntries(parts.map(({ label, edits }) => [label, edits.flatMap(texts)]));
  };

  it('plans a rename with its references, paths and moved file', async () => {
    const moveFile = workspaceUri('quay.yaml').toString();
    const plan = await refactoring.plan({
      type: 'rename',
      entityRef: 'component:default/pier',
      newName: 'quay',
      moveFile,
    });
    assert.deepEqual(textsOf(plan), {
      Entity: ['quay'],
      References: ['quay'],
      Paths: ['quay.yaml'],
      Files: [],
    });
    assert.deepEqual(plan.parts.at(-1)?.edits, [
      { file: workspaceUri('pier.yaml').toString(), moveTo: moveFile },
    ]);
    assert.deepEqual(plan.warnings, []);
  });

  it('qualifies refs to an entity that moves to another namespace', async () => {
    const plan = await refactoring.plan({
      type: 'moveToNamespace',
      entityRef: 'component:default/pier',
      namespace: 'coast',
    });
    assert.ok(textsOf(plan)['References']?.some(text => text.includes('coast/')));
  });

  it('changes the owner of several entities', async () => {
    const plan = await refactoring.plan({
      type: 'changeOwner',
      entityRefs: ['component:default/pier', 'system:default/harbour'],
      owner: 'crew',
    });
    // One has another form, the other already has the written form.
    assert.deepEqual(Object.keys(textsOf(plan)), ['Owners']);
  });

  it('rejects a plan with a reason', async () => {
    const rename = { type: 'rename', entityRef: 'component:default/pier' } as const;
    await assert.rejects(
      refactoring.plan({ ...rename, newName: 'ferry' }),
      /component:default\/ferry already exists/,
    );
    await assert.rejects(refactoring.plan({ ...rename, newName: 'a b' }), /isn't a valid name/);
  });

  it('stops on an abort signal', async () => {
    const refused = refactoring.plan(
      { type: 'rename', entityRef: 'component:default/pier', newName: 'quay' },
      { signal: AbortSignal.abort() },
    );
    await assert.rejects(refused, { name: 'AbortError' });
  });
});
