import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  incomingCalls,
  outgoingCalls,
  prepareHierarchy,
  subtypes,
  supertypes,
} from '../../../../../../src/features/authoring/language/hierarchy/hierarchies';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

const { signal } = new AbortController();
const item = (ref: string): { data: unknown } => ({ data: { ref } });

describe('Call hierarchy', () => {
  beforeEach(async () => {
    workspace = await openLanguageWorkspace({
      'shop.yaml': aComponent('shop', {
        dependsOn: ['component:cart', 'component:none'],
        consumesApis: ['orders'],
      }),
      'cart.yaml': aComponent('cart', { dependsOn: ['component:shop'] }),
      'backend.yaml': aComponent('backend', { providesApis: ['orders'] }),
      'orders.yaml': aDescriptor('api:orders'),
      'db.yaml': aDescriptor('resource:db', { dependencyOf: ['component:shop'] }),
    });
  });

  it('starts at a ref and at a name', () => {
    for (const marked of [
      aComponent('x', { dependsOn: ['component:sh<|>op'] }),
      aComponent('sh<|>op'),
    ]) {
      const { context, text, offset } = workspace.cursor('new.yaml', marked);
      expect(prepareHierarchy(context, text, offset).map(({ data }) => data as unknown)).toEqual([
        { ref: 'component:default/shop' },
      ]);
    }
  });

  it('shows dependencies and providers of consumed APIs as outgoing calls', async () => {
    const calls = await outgoingCalls(workspace.context, item('component:default/shop'), signal);
    expect(
      calls.map(({ to, fromRanges }) => [
        to.name,
        to.detail,
        fromRanges.map(r => r.start.line + 1),
      ]),
    ).toEqual([
      ['orders', 'API', [13]],
      ['cart', 'Component', [10]],
      ['db', 'Resource', [4]],
      ['backend', 'Component · through api:orders', [13]],
    ]);
  });

  it('shows dependents and consumers of provided APIs as incoming calls', async () => {
    const rows = async (ref: string): Promise<unknown> => {
      const calls = await incomingCalls(workspace.context, item(ref), signal);
      return calls.map(({ from, fromRanges }) => [
        from.name,
        from.detail,
        fromRanges.map(range => range.start.line + 1),
      ]);
    };
    expect(await rows('component:default/shop')).toEqual([['cart', 'Component', [10]]]);
    expect(await rows('resource:default/db')).toEqual([['shop', 'Component', [4]]]);
    expect(await rows('component:default/backend')).toEqual([
      ['shop', 'Component · through api:orders', [13]],
    ]);
  });

  it('includes unsaved text', async () => {
    workspace.open('shop.yaml', aComponent('shop', { dependsOn: ['resource:db'] }));
    const calls = await outgoingCalls(workspace.context, item('component:default/shop'), signal);
    expect(calls.map(({ to }) => to.name)).toEqual(['db']);
    expect(await incomingCalls(workspace.context, item('component:default/cart'), signal)).toEqual(
      [],
    );
  });

  it.each([[undefined], [{}], [{ ref: 1 }], [{ ref: 'no:such/thing' }], ['x']])(
    'returns nothing for an item with the data %j',
    async data => {
      expect(await incomingCalls(workspace.context, { data }, signal)).toEqual([]);
      expect(await outgoingCalls(workspace.context, { data }, signal)).toEqual([]);
    },
  );
});

describe('Type hierarchy', () => {
  beforeEach(async () => {
    workspace = await openLanguageWorkspace({
      'a.yaml': documents(
        aDescriptor('domain:retail'),
        aDescriptor('system:sales', { domain: 'retail' }),
        aComponent('shop', { system: 'sales' }),
        aDescriptor('group:parent', { children: ['child'] }),
        aDescriptor('group:child', { parent: 'parent', children: [] }),
      ),
    });
  });

  it.each([
    ['domain:default/retail', [], ['sales']],
    ['system:default/sales', ['retail'], ['shop']],
    ['component:default/shop', ['sales'], []],
    ['group:default/parent', [], ['child']],
    ['group:default/child', ['parent'], []],
  ])('contains parents and parts of %s', async (ref, above, below) => {
    const { context } = workspace;
    expect({
      above: (await supertypes(context, item(ref), signal)).map(({ name }) => name),
      below: (await subtypes(context, item(ref), signal)).map(({ name }) => name),
    }).toEqual({ above, below });
  });

  it('starts at a ref', () => {
    const { context, text, offset } = workspace.cursor(
      'b.yaml',
      aComponent('x', { system: 'sal<|>es' }),
    );
    expect(prepareHierarchy(context, text, offset).map(({ name }) => name)).toEqual(['sales']);
  });
});
