import { expect, it } from 'vitest';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import { SourceInMemory } from '../../../../../support/sourceInMemory';
import { openCatalog } from '../../../../../support/testCatalog';

it('include workspace entities and missing refs for partial sources', async () => {
  const catalog = await openCatalog({
    'a.yaml': aComponent('a', { owner: 'nobody', dependsOn: ['component:in-part', 'component:b'] }),
    'b.yaml': aComponent('b', { owner: 'in-whole' }),
  });
  const whole = new SourceInMemory(catalog.files, { id: 'whole' });
  whole.put({
    'team.yaml': aDescriptor('group:in-whole', { parent: 'parent' }),
    'in-both.yaml': aComponent('in-both', { owner: 'in-whole' }),
  });
  const part = new SourceInMemory(catalog.files, { id: 'part', isPartial: true });
  part.put({
    'in-part.yaml': aComponent('in-part', { owner: 'of-part', dependsOn: ['component:in-both'] }),
    'b.yaml': aComponent('b', { owner: 'of-part' }),
    'in-both.yaml': aComponent('in-both', { owner: 'of-part' }),
    'forgotten.yaml': aComponent('forgotten', { owner: 'of-part' }),
  });
  for (const source of [part, whole]) catalog.engine.addSource(source);
  await catalog.engine.sourcesRead();
  const sorted = async () => {
    const { own, missing } = (await part.find?.()) ?? {};
    return { own: [...(own ?? [])].sort(), missing: [...(missing ?? [])].sort() };
  };
  const own = ['component:default/a', 'component:default/b'];
  const missing = ['component:default/in-part', 'group:default/nobody', 'group:default/parent'];
  expect(await sorted()).toEqual({ own, missing });
  // New entities add no further refs and stay requested.
  part.put({ 'team.yaml': aDescriptor('group:nobody', { parent: 'of-part' }) });
  await catalog.engine.sourcesRead();
  expect(await sorted()).toEqual({ own, missing });
});

it('are requested from an empty source', async () => {
  const catalog = await openCatalog({ 'a.yaml': aComponent('a') });
  const part = new SourceInMemory(catalog.files, { isPartial: true });
  catalog.engine.addSource(part);
  await catalog.engine.sourcesRead();
  expect(await part.find?.()).toEqual({
    own: new Set(['component:default/a']),
    missing: new Set(['group:default/team']),
  });
  await catalog.write({ 'a.yaml': aComponent('a', { owner: 'other' }) });
  expect((await part.find?.())?.missing).toEqual(new Set(['group:default/other']));
});
