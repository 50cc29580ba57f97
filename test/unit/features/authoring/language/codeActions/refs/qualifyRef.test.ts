import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../../support/codeActions';
import { aComponent, aDescriptor, documents } from '../../../../../../support/descriptors';

const files = {
  'org.yaml': documents(
    aDescriptor('group:team'),
    aDescriptor('component:orders'),
    aDescriptor('resource:orders'),
    aDescriptor('component:cart'),
    aDescriptor('api:cart'),
    aDescriptor('resource:other/db', { owner: 'default/team' }),
  ),
};

describe('Fix for a ref without its required kind', () => {
  it.each([
    ['[ord<|>ers]', ['[component:orders]', '[resource:orders]']],
    ['["car<|>t"] # all', ['["component:cart"] # all']],
    ['\n    - car<|>tt', ['\n    - component:cart']],
    ['\n    - other/db<|>', ['\n    - resource:other/db']],
    ['[db<|>]', ['[resource:other/db]']],
    ['[no<|>thing]', []],
    ["[':<|>']", []],
  ])('changes dependsOn: %s', async (before, after) => {
    const text = `${aComponent('shop')}  dependsOn: `;
    const actions = await offered({ files, text: `${text}${before}\n` });
    expect(actions.codes).toEqual(['invalid-reference']);
    const titles = actions.titles.filter(title => title.startsWith('Change to'));
    expect(titles.map(title => actions.text(title))).toEqual(after.map(end => `${text}${end}\n`));
    const preferred = actions.actions.filter(({ isPreferred }) => isPreferred);
    expect(preferred).toHaveLength(titles.length === 1 ? 1 : 0);
    for (const title of titles) expect(await actions.codesAfter(title)).toEqual([]);
  });
});
