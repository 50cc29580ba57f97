import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import type { PortalPlugin } from '../../../src/api';
import type { createTestPortal, TestPortal } from '../../../src/testing/contract';
import { aDescriptor } from '../../support/descriptors';
import { writeFiles } from '../../support/folders';
import { PluginFolder } from '../../support/packedPlugin';

const example = inProject('docs/examples/metrics-plugin');
const SHOP = 'component:default/shop';
const files = {
  'services/shop/catalog-info.yaml': aDescriptor('component:shop'),
  'services/shop/sonar.json': '{\n  "coverage": 84,\n  "bugs": 2,\n  "rating": "b"\n}\n',
};

let folder: PluginFolder;

beforeAll(async () => {
  folder = await PluginFolder.create(example);
  await folder.install();
  await folder.checkTypes();
  const { scripts } = JSON.parse(readFileSync(join(example, 'package.json'), 'utf8')) as {
    scripts: { build: string };
  };
  await folder.node('esbuild/bin/esbuild', ...scripts.build.split(' ').slice(1));
});

it('has at most 60 lines of code', () => {
  const lines = readFileSync(join(example, 'src/plugin.ts'), 'utf8').split('\n');
  expect(lines.filter(line => line.trim() !== '').length).toBeLessThanOrEqual(60);
});

describe('the code of the plugin in a test portal', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    const load = (path: string): Promise<unknown> =>
      import(/* @vite-ignore */ pathToFileURL(join(folder.path, path)).href);
    const testing = (await load('node_modules/@callboard/api/testing.js')) as {
      createTestPortal: typeof createTestPortal;
    };
    const { default: plugin } = (await load('dist/plugin.js')) as { default: PortalPlugin };
    portal = await testing.createTestPortal({ files });
    await portal.register(plugin);
  });
  afterAll(() => portal.dispose());

  it('reports a wrong rating with a fix', async () => {
    expect(await portal.problems({ code: 'metrics-rating' })).toMatchObject([
      {
        file: portal.uri('services/shop/sonar.json'),
        range: { start: { line: 3, character: 13 } },
        fixes: [{ title: 'Use Upper Case', edits: [{ newText: 'B' }] }],
      },
    ]);
  });

  it('filters the search', async () => {
    const titles = async (query: string) =>
      (await portal.search(query)).results.map(({ ref }) => ref);
    expect(await titles('rating:B')).toContain(SHOP);
    expect(await titles('shop rating:b')).toContain(SHOP);
    expect(await titles('shop rating:a')).toEqual([]);
    expect(await titles('shop -rating:b')).toEqual([]);
    const values = [{ value: 'b', count: 1 }];
    expect((await portal.search('shop')).filterFacets).toEqual([
      { id: 'rating', title: 'Rating', values },
    ]);
  });

  it('adds a command and a tool', async () => {
    expect(portal.entityCommands(SHOP)).toContain('metrics.show');
    expect(await portal.runAgentTool('metrics_ratings')).toEqual({ [SHOP]: 'b' });
  });
});

describe('the packed plugin on the packed command line', () => {
  beforeAll(async () => {
    writeFiles(
      folder.path,
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`work/${path}`, text])),
    );
    expect(await folder.callboard('plugin', 'check')).toBe('No problems in the manifest\n');
    await folder.callboard('plugin', 'pack', '--out', 'metrics.vsix');
  });

  it('reports problems', async () => {
    const args = ['work', '--plugin', 'metrics.vsix', '--format', 'unix'];
    expect(await folder.callboard('validate', ...args)).toContain(
      'sonar.json:4:14: warning: A rating is A, B, C, D or E. [metrics-rating]',
    );
  });

  it('filters the search', async () => {
    const search = (query: string) =>
      folder.callboard('search', query, 'work', '--plugin', 'metrics.vsix');
    expect(await search('shop rating:b')).toContain('shop');
    expect(await search('shop rating:a')).toContain('Nothing found');
  });

  it('answers agents', async () => {
    const args = ['node_modules/callboard/dist/cli.js', 'mcp', '--stdio', 'work'];
    const child = spawn(process.execPath, [...args, '--plugin', 'metrics.vsix'], {
      cwd: folder.path,
    });
    const send = (message: object): boolean =>
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'test', version: '1' };
    const start = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
    send({ id: 1, method: 'initialize', params: start });
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/list' });
    send({ id: 3, method: 'tools/call', params: { name: 'metrics_ratings', arguments: {} } });
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes('"id":3') && output.endsWith('\n')) break;
    }
    child.stdin.end();
    expect(output).toContain('"name":"metrics_ratings"');
    expect(output).toContain('component:default/shop');
  });
});
