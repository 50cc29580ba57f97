import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareRename } from '../../../../../../src/features/authoring/language';
import { aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { textAt } from '../../../../../support/markedText';
import { at } from '../../../../../support/testCatalog';

let workspace: LanguageWorkspace;
beforeAll(async () => {
  workspace = await openLanguageWorkspace({
    'teams.yaml': documents(aDescriptor('group:team-a'), aDescriptor('group:other/team-b')),
  });
});
afterAll(() => workspace.dispose());

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n';

/** The text in the range, the name and the ref to rename, or the reason for none. */
function prepared(markedText: string): string {
  const { context, text, offset } = workspace.cursor('here.yaml', markedText);
  const result = prepareRename(context, text, offset);
  if (!result.ok) return result.error;
  const { range, placeholder, ref } = result.value;
  return `${textAt(text.text, range)} ${placeholder} ${ref}`;
}

describe('`prepareRename`', () => {
  it.each([
    ['  name: ca<|>rt # c\n', 'cart cart component:default/cart'],
    ['  name: "cart<|>"\n', 'cart cart component:default/cart'],
    ['  name: >-\n    <|>cart\n', 'cart cart component:default/cart'],
    ['  name: ca<|>rt:x/y\n', 'cart:x/y cart:x/y component:default/cart:x/y'],
    ['  name: x\nspec:\n  owner: <|>team-a', 'team-a team-a group:default/team-a'],
    ['  name: x\nspec:\n  owner: gr<|>oup:team-a', 'team-a team-a group:default/team-a'],
    ["  name: x\nspec: {owner: 'other/team-b<|>'}", 'team-b team-b group:other/team-b'],
    ['  name: x\nspec:\n  owner: Team<|>-A', 'Team-A Team-A group:default/team-a'],
    ['  name: x\nspec:\n  owner: "te<|>\\u0061m-a"', '"te\\u0061m-a" team-a group:default/team-a'],
    [
      '  name: x\nspec:\n  owner: &o team-a\n  dependsOn: [group:<|>team-a]',
      'team-a team-a group:default/team-a',
    ],
    ['  name: x\nspec:\n  a: &o team-a\n  owner: *<|>o', '*o team-a group:default/team-a'],
    [
      "  name: x\n  annotations:\n    backstage.io/techdocs-entity: 'group:default/tea<|>m-a'",
      'team-a team-a group:default/team-a',
    ],
  ])('returns only the name at %j', (lines, expected) => {
    expect(prepared(HEAD + lines)).toBe(expected);
  });

  it('supports any document of a file', () => {
    const first = `${HEAD}  name: a\n...\n---\n`;
    expect(prepared(`${first}${HEAD}  name: b\nspec:\n  owner: team<|>-a`)).toContain('team-a');
  });
});

describe('`prepareRename` without a result', () => {
  it.each([
    ['  na<|>me: cart\n', 'Select the name of an entity or a ref to rename it.'],
    // The name must be on the line of the cursor.
    ['  name: ><|>-\n    cart\n', 'Select the name of an entity or a ref to rename it.'],
    // The last of two names counts.
    ['  name: ca<|>rt\n  name: other\n', 'Select the name of an entity or a ref to rename it.'],
    ['  name: cart\n  title: ca<|>rt\n', 'Select the name of an entity or a ref to rename it.'],
    ['  name: cart\nspec:\n  owner: no<|>body', 'group:default/nobody is not in the catalog.'],
    [
      '  name: ${{ values.name }}\nspec:\n  owner: team<|>-a',
      "Can't rename in a template of a descriptor.",
    ],
    [
      '  name: x\nspec:\n  owner: ${{ values.ow<|>ner }}',
      'Select the name of an entity or a ref to rename it.',
    ],
  ])('returns a reason at %j', (lines, reason) => {
    expect(prepared(HEAD + lines)).toBe(reason);
  });

  it('returns a reason in other documents', () => {
    expect(prepared('metadata:\n  name: ca<|>rt')).toContain('Select the name of an entity');
  });

  it('returns a reason in a read-only file', () => {
    const request = workspace.cursor('here.yaml', `${HEAD}  name: x\nspec:\n  owner: <|>team-a`);
    const context = { ...request.context, isReadOnly: (uri: string) => uri === at('teams.yaml') };
    expect(prepareRename(context, request.text, request.offset)).toEqual({
      ok: false,
      error: 'group:default/team-a is in a read-only file.',
    });
  });
});
