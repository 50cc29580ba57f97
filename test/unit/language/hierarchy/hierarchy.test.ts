import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  incomingCalls,
  outgoingCalls,
  prepareCallHierarchy,
} from '../../../../src/language/hierarchy/callHierarchy';
import {
  prepareTypeHierarchy,
  subtypes,
  supertypes,
} from '../../../../src/language/hierarchy/typeHierarchy';
import { aComponent, aDescriptor, documents } from '../../../support/descriptors';
import { type LanguageWorkspace, openLanguageWorkspace } from '../../../support/languageWorkspace';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

const item = (ref: string): { data: unknown } => ({ data: { ref } });

describe('The call hierarchy', () => {
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
      expect(
        prepareCallHierarchy(context, text, offset).map(({ data }) => data as unknown),
      ).toEqual([{ ref: 'component:default/shop' }]);
    }
  });

  it('goes on to what an entity depends on, consumes, and so calls', () => {
    const calls = outgoingCalls(workspace.context, item('component:default/shop'));
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

  it('goes back to who depends on an entity, or consumes what it provides', () => {
    const rows = (ref: string): unknown =>
      incomingCalls(workspace.context, item(ref)).map(({ from, fromRanges }) => [
        from.name,
        from.detail,
        fromRanges.map(range => range.start.line + 1),
      ]);
    expect(rows('component:default/shop')).toEqual([['cart', 'Component', [10]]]);
    expect(rows('resource:default/db')).toEqual([['shop', 'Component', [4]]]);
    expect(rows('component:default/backend')).toEqual([
      ['shop', 'Component · through api:orders', [13]],
    ]);
  });

  it('follows what is typed', () => {
    workspace.open('shop.yaml', aComponent('shop', { dependsOn: ['resource:db'] }));
    const calls = outgoingCalls(workspace.context, item('component:default/shop'));
    expect(calls.map(({ to }) => to.name)).toEqual(['db']);
    expect(incomingCalls(workspace.context, item('component:default/cart'))).toEqual([]);
  });

  it.each([[undefined], [{}], [{ ref: 1 }], [{ ref: 'no:such/thing' }], ['x']])(
    'has nothing to say of an item with the data %j',
    data => {
      expect(incomingCalls(workspace.context, { data })).toEqual([]);
      expect(outgoingCalls(workspace.context, { data })).toEqual([]);
    },
  );
});

describe('The type hierarchy', () => {
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
  ])('of %s', (ref, above, below) => {
    const { context } = workspace;
    expect({
      above: supertypes(context, item(ref)).map(({ name }) => name),
      below: subtypes(context, item(ref)).map(({ name }) => name),
    }).toEqual({ above, below });
  });

  it('starts at a ref', () => {
    const { context, text, offset } = workspace.cursor(
      'b.yaml',
      aComponent('x', { system: 'sal<|>es' }),
    );
    expect(prepareTypeHierarchy(context, text, offset).map(({ name }) => name)).toEqual(['sales']);
  });
});
