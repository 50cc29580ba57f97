import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtProgram } from '../../../../support/builtProgram';
import { aComponent, aDescriptor } from '../../../../support/descriptors';
import { writeFiles } from '../../../../support/folders';
import { TestRepository } from '../../../../support/gitRepository';
import { callboard } from '../../../cli/capture';

/** Starting a process takes different times on different machines. */
const patience = 300_000;

let program: string;
let folder: string;
const atEnd: (() => unknown)[] = [];

beforeAll(async () => {
  program = await builtProgram();
}, patience);
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

function workspace(files: Readonly<Record<string, string>>): void {
  folder = mkdtempSync(join(tmpdir(), 'callboard-mcp-'));
  atEnd.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
}

const files = {
  'shop.yaml': aComponent('shop', { owner: 'crew', dependsOn: ['resource:db'] }),
  'crew.yaml': aDescriptor('group:crew'),
  'db.yaml': aDescriptor('resource:db', { owner: 'crew' }),
};

describe('`callboard mcp` with the MCP SDK', { timeout: patience }, () => {
  let client: Client;

  async function connect(...options: readonly string[]): Promise<void> {
    client = new Client({ name: 'test', version: '1' });
    atEnd.push(() => client.close());
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [program, 'mcp', '--stdio', folder, ...options],
        env: { ...getDefaultEnvironment(), CALLBOARD_CACHE_DIR: join(folder, '.cache') },
      }),
    );
  }

  const textOf = async (name: string, input: Record<string, unknown>): Promise<string> => {
    const { content } = await client.callTool({ name, arguments: input });
    return content.map(part => (part.type === 'text' ? part.text : '')).join('');
  };

  it('lists read-only tools with input and output schemas', async () => {
    workspace(files);
    await connect();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'find',
      'get_entity',
      'dependents',
      'owners',
      'search_docs',
      'validate',
    ]);
    for (const { annotations, inputSchema, outputSchema, description = '' } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
      expect([inputSchema.type, outputSchema?.['type']]).toEqual(['object', 'object']);
      expect(description.length).toBeGreaterThan(100);
    }
    expect(client.getServerVersion()).toMatchObject({ name: 'callboard' });
    expect(client.getInstructions()).toContain('Lines are 1-based');
  });

  it('answers by the output schemas, with file and line', async () => {
    workspace(files);
    await connect();
    await client.listTools();
    const { structuredContent } = await client.callTool({
      name: 'dependents',
      arguments: { ref: 'resource:db' },
    });
    expect(structuredContent).toMatchObject({
      dependents: [{ ref: 'component:default/shop', file: 'shop.yaml', line: 4 }],
    });
    expect(await textOf('find', { query: 'sho' })).toContain(
      'component:default/shop — shop.yaml:4',
    );
    expect(await textOf('validate', {})).toBe('No problems in the workspace.');
  });

  it('answers from the current files and settings', async () => {
    workspace(files);
    await connect();
    expect(await textOf('validate', {})).toBe('No problems in the workspace.');

    writeFileSync(join(folder, 'shop.yaml'), aComponent('shop', { owner: 'nobody' }));
    expect(await textOf('validate', { path: 'shop.yaml' })).toContain('1 warning');
    writeFileSync(join(folder, 'nobody.yaml'), aDescriptor('group:nobody'));
    rmSync(join(folder, 'crew.yaml'));
    expect(await textOf('validate', {})).toContain('dangling-reference');
    expect(await textOf('owners', { ref: 'shop' })).toContain('(nobody.yaml:4)');

    mkdirSync(join(folder, '.vscode'));
    const changed = { 'callboard.problems.severity': { 'dangling-reference': 'off' } };
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(changed));
    expect(await textOf('validate', {})).toBe('No problems in the workspace.');
  });

  it('notices changes in ignored files that count', async () => {
    const location = { targets: ['./made/info.yaml'] };
    workspace({
      '.git/HEAD': 'ref: refs/heads/main',
      '.gitignore': '.vscode\nmade\n',
      '.vscode/settings.json': '{ "callboard.catalog.exclude": ["old"] }',
      'all.yaml': aDescriptor('location:all', location),
      'made/info.yaml': aComponent('made'),
      'old/info.yaml': aComponent('old'),
    });
    await connect();
    const found = (ref: string) => textOf('get_entity', { ref });
    expect(await found('made')).toContain('made/info.yaml:4');
    expect(await found('old')).toContain('There is no entity "old"');

    for (const text of ['', 'kind: [', aComponent('remade')]) {
      writeFileSync(join(folder, 'made/info.yaml'), text);
      expect(await found('made')).toContain('There is no entity "made"');
    }
    expect(await found('remade')).toContain('made/info.yaml:4');
    writeFileSync(join(folder, '.vscode/settings.json'), '{}');
    expect(await found('old')).toContain('old/info.yaml:4');
    writeFileSync(join(folder, 'old/info.yaml'), aComponent('older'));
    expect(await found('older')).toContain('old/info.yaml:4');
    writeFileSync(join(folder, '.gitignore'), '.vscode\nmade\nold\n');
    expect(await found('older')).toContain('There is no entity "older"');
  });

  it('rereads a changed Backstage config outside the folder', async () => {
    const config = mkdtempSync(join(tmpdir(), 'callboard-config-'));
    atEnd.push(() => rmSync(config, { recursive: true, force: true }));
    const write = (file: string): void =>
      writeFileSync(
        join(config, 'app-config.yaml'),
        `catalog:\n  locations:\n    - type: file\n      target: ${join(folder, file)}\n`,
      );
    workspace({ ...files, 'web.yaml': aComponent('web', { owner: 'crew' }) });
    write('shop.yaml');
    await connect('--config', join(config, 'app-config.yaml'));
    expect(await textOf('get_entity', { ref: 'component:shop' })).toContain('shop.yaml:4');
    write('web.yaml');
    expect(await textOf('get_entity', { ref: 'component:shop' })).not.toContain('shop.yaml:4');
    expect(await textOf('get_entity', { ref: 'component:web' })).toContain('web.yaml:4');
  });

  it('uses entities of a source without reporting its problems', async () => {
    workspace({ 'shop.yaml': aComponent('shop', { owner: 'crew' }) });
    const elsewhere = mkdtempSync(join(tmpdir(), 'callboard-mcp-source-'));
    atEnd.push(() => rmSync(elsewhere, { recursive: true, force: true }));
    const repository = new TestRepository(elsewhere);
    repository.commit({
      'crew.yaml': `${aDescriptor('group:crew')}---\n${aComponent('boat', { owner: 'nobody' })}`,
    });
    const url = `git+file://${repository.folder}`;
    await connect('--source', url, '--source-allow', 'Group');
    expect(client.getInstructions()).toContain('cached copies of remote sources');
    expect(await textOf('owners', { ref: 'shop' })).toContain(`(${url}#main:crew.yaml:4)`);
    expect(await textOf('validate', {})).toBe('No problems in the workspace.');
  });

  it('finds the entities of the user who starts it', async () => {
    workspace({
      ...files,
      'ada.yaml': aDescriptor('user:ada', { memberOf: ['crew'] }),
      '.vscode/settings.json': JSON.stringify({ 'callboard.user': 'ada' }),
    });
    await connect();
    expect(await textOf('find', { query: 'owner:me kind:component' })).toContain(
      'component:default/shop',
    );
  });

  it('rejects invalid requests with a suggestion and writes nothing', async () => {
    workspace(files);
    symlinkSync('/etc', join(folder, 'out'));
    await connect();
    const before = readdirSync(folder);
    for (const [name, input, text] of [
      ['get_entity', { ref: 'shpo' }, 'Did you mean component:default/shop?'],
      ['validate', { path: '../..' }, 'is outside the workspace'],
      ['owners', { path: '../../etc/passwd' }, 'is outside the workspace'],
      ['owners', { path: '/etc/passwd' }, 'is outside the workspace'],
      ['validate', { path: 'out/hostname' }, 'is a symbolic link to a place outside the workspace'],
      ['owners', { file: '/etc/passwd' }, 'Unknown field "file". Available: '],
      ['find', { query: 'x', limit: 1e9 }, '"limit" must be a whole number from 1 to 50.'],
    ] as const) {
      const answer = await client.callTool({ name, arguments: input });
      expect(answer.isError).toBe(true);
      expect(await textOf(name, input)).toContain(text);
    }
    await expect(client.callTool({ name: 'delete_all', arguments: {} })).rejects.toThrow(
      'Unknown tool "delete_all". Available: find, ',
    );
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('`callboard mcp` with raw messages', { timeout: patience }, () => {
  function start(): { server: ChildProcessWithoutNullStreams; lines: AsyncIterator<string> } {
    const server = spawn(process.execPath, [program, 'mcp', '--stdio'], { cwd: folder });
    atEnd.push(() => server.kill());
    return { server, lines: createInterface({ input: server.stdout })[Symbol.asyncIterator]() };
  }

  it('speaks only JSON-RPC and ends with its client', async () => {
    workspace({ ...files, 'broken.yaml': 'kind: Component\n  x' });
    const { server, lines } = start();
    const ask = async (message: object): Promise<unknown> => {
      server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
      return JSON.parse((await lines.next()).value as string) as unknown;
    };
    const hello = await ask({
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'by hand', version: '1' },
      },
    });
    expect(hello).toMatchObject({
      id: 1,
      result: { protocolVersion: '2025-06-18', serverInfo: { name: 'callboard' } },
    });
    server.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    const params = { name: 'owners', arguments: { path: 'src/a.ts' } };
    expect(await ask({ id: 2, method: 'tools/call', params })).toMatchObject({
      id: 2,
      result: { content: [{ type: 'text', text: expect.stringContaining('src/a.ts') as unknown }] },
    });
    // A canceled request isn't answered: the next line answers the later one.
    const takenBack = { id: 'taken back', method: 'tools/call', params };
    const cancelled = { method: 'notifications/cancelled', params: { requestId: 'taken back' } };
    // In one chunk, so that the server reads the cancellation before it can answer.
    server.stdin.write(
      [takenBack, cancelled]
        .map(message => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
        .join(''),
    );
    expect(await ask({ id: 3, method: 'nothing/known' })).toMatchObject({
      id: 3,
      error: { code: -32601 },
    });

    const exited = once(server, 'exit');
    server.stdin.end();
    expect(await exited).toEqual([0, null]);
    expect((await lines.next()).done).toBe(true);
  });
});

describe('`callboard mcp`', () => {
  it.each([
    [['mcp'], 'mcp needs --stdio'],
    [['mcp', '--stdio', 'none'], "Can't find the folder none"],
    [['mcp', '--stdio', 'package.json'], "package.json isn't a folder"],
    [['mcp', '--stdio', '.', 'more'], '"mcp" takes at most 1'],
  ])('exits with 2 on invalid usage: %j', async (args, message) => {
    const { code, stdout, stderr } = await callboard(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
