import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { callboard } from '../../../cli/capture';

let cwd: string;
let server: Server;
let host: string;

beforeEach(async () => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  server = createServer(({ url }, response) => void response.end(`from ${url}`));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(join(cwd, 'service'));
  writeFileSync(
    join(cwd, 'service/template.yaml'),
    `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: team-a
  type: service
  steps:
    - action: fetch:plain:file
      input: { url: 'http://${host}/a.txt', targetPath: a.txt }
`,
  );
});
afterEach(() => {
  server.close();
  rmSync(cwd, { recursive: true, force: true });
});

async function run(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const command = ['template', 'run', 'service', '--dry-run', '--format', 'json', ...args];
  const { stdout } = await callboard(command, { cwd });
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

it('allows a template to fetch from hosts of --allow-host', async () => {
  expect(await run('--allow-host', 'github.com', '--allow-host', host)).toMatchObject({
    status: 'completed',
    directoryContents: [
      { path: 'a.txt', base64Content: Buffer.from('from /a.txt').toString('base64') },
    ],
  });
});

it('names --allow-host if a host is not allowed', async () => {
  expect(await run('--allow-host', 'github.com')).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('with --allow-host'),
  });
});

it.each(['https://github.com', '*', 'github.com/acme', ''])('rejects the host %j', async name => {
  const { code, stderr } = await callboard(
    ['template', 'run', 'service', '--dry-run', '--allow-host', name],
    { cwd },
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining('--allow-host must be a host name')]);
});
