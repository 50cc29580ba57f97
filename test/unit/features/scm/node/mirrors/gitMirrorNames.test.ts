import { createServer } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { failureOf, fetchAll, MirrorPlace } from '../../../../../support/gitMirrors';
import { freePort } from '../../../../../support/gitServer';

const found = vi.hoisted(() => ({ addresses: [] as { address: string; family: number }[] }));
vi.mock('node:dns/promises', () => ({ lookup: () => Promise.resolve(found.addresses) }));

const place = new MirrorPlace();
afterEach(() => place.dispose());

it('does not connect to a host that was unresolvable when it was checked', async () => {
  let connections = 0;
  const server = createServer(socket => {
    connections++;
    socket.destroy();
  });
  const port = await freePort();
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const url = `https://localhost:${port}/shop.git`;
  expect(await failureOf(fetchAll(place.open({ url })))).toMatchObject({
    reason: 'unknown-host',
    message: 'Could not resolve host: localhost',
  });
  server.close();
  expect(connections).toBe(0);
});
