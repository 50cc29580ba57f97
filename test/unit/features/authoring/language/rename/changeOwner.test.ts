import { afterEach, describe, expect, it } from 'vitest';
import { changeOwner } from '../../../../../../src/features/authoring/language';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { appliedPlan, planOf, reasonOf } from '../../../../../support/renames';
import { at } from '../../../../../support/testCatalog';

const FILES = {
  'teams.yaml': documents(
    aDescriptor('group:Crew'),
    aDescriptor('group:shop/crew'),
    aDescriptor('user:mary'),
  ),
  'all.yaml': documents(
    aDescriptor('component:a'),
    `# b\n${aDescriptor('api:shop/b', { owner: 'group:x' })}`,
  ),
  'system.yaml':
    "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: s}\nspec: {owner: 'x'}\n",
};

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

const REFS = ['component:default/a', 'api:shop/b', 'system:default/s'];

async function change(owner: string, refs: readonly string[] = REFS) {
  workspace = await openLanguageWorkspace(FILES);
  const { signal } = new AbortController();
  return changeOwner(workspace.context, { refs, owner }, signal);
}

describe('`changeOwner`', () => {
  it.each([
    ['crew', ['Crew', 'default/Crew', 'Crew']],
    ['group:shop/crew', ['shop/crew', 'crew', 'shop/crew']],
    ['user:mary', ['user:mary', 'user:default/mary', 'user:mary']],
  ])('writes %s in the shortest unambiguous form', async (owner, [a, b, s]) => {
    const plan = planOf(await change(owner));
    expect(appliedPlan(workspace, plan)).toEqual({
      'all.yaml': documents(
        aDescriptor('component:a', { owner: a }),
        `# b\n${aDescriptor('api:shop/b', { owner: b })}`,
      ),
      'system.yaml': FILES['system.yaml'].replace("'x'", `'${s}'`),
    });
  });

  it("warns about entities that can't be changed", async () => {
    const refs = ['component:default/a', 'group:default/crew', 'component:default/gone'];
    const plan = planOf(await change('user:mary', refs));
    expect(plan.files.map(({ edits }) => edits.map(({ kind }) => kind))).toEqual([['owner']]);
    expect(plan.warnings).toEqual([
      "group:default/crew can't be transferred: entities of kind Group have no owner.",
      "component:default/gone can't be transferred: it is not in the catalog.",
    ]);
  });

  it('fails if no entity can be changed', async () => {
    workspace = await openLanguageWorkspace(FILES);
    const context = { ...workspace.context, isReadOnly: (uri: string) => uri === at('all.yaml') };
    const request = { refs: ['component:default/a'], owner: 'crew' };
    expect(reasonOf(await changeOwner(context, request, new AbortController().signal))).toBe(
      "component:default/a can't be transferred: its file is read-only.",
    );
  });

  it.each([
    ['nobody', 'group:default/nobody is not in the catalog.'],
    ['component:a', 'component:default/a is neither a group nor a user.'],
    ['a:/', 'a:/ is not in the catalog.'],
  ])('fails for the owner %s', async (owner, reason) => {
    expect(reasonOf(await change(owner))).toBe(reason);
  });
});
