import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createApp } from './app.js';

describe('the service', () => {
  const app = createApp();
  let url: string;

  before(async () => {
    await new Promise<void>(resolve => app.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  });
  after(() => {
    app.close();
    app.closeAllConnections();
  });

  it('is healthy', async () => {
    const response = await fetch(`${url}/health?probe=1`);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { status: 'ok' });
  });

  it('returns its name', async () => {
    const response = await fetch(url);
    assert.deepEqual(await response.json(), { service: '${{ values.name }}' });
  });

  it('answers HEAD like GET', async () => {
    const response = await fetch(`${url}/health`, { method: 'HEAD' });
    assert.equal(response.status, 200);
  });

  for (const [method, path] of [
    ['GET', '/nothing'],
    ['POST', '/health'],
    ['GET', '/constructor'],
  ] as const) {
    it(`returns 404 for ${method} ${path}`, async () => {
      const response = await fetch(`${url}${path}`, { method });
      assert.equal(response.status, 404);
      assert.deepEqual(await response.json(), { error: 'Not found' });
    });
  }
});
