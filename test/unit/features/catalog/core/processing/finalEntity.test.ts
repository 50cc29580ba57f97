import { expect, it } from 'vitest';
import { openCatalog } from '../../../../../support/testCatalog';

it('drops a written uid and keeps the etag', async () => {
  const text = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: a, uid: mine, etag: kept }
spec: { type: service, lifecycle: production, owner: team }
`;
  const { engine } = await openCatalog({ 'a.yaml': text });
  const { metadata } = engine.getEntityByRef('component:default/a') ?? {};
  expect(metadata).toMatchObject({ name: 'a', etag: 'kept' });
  expect(metadata).not.toHaveProperty('uid');
});
