import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtProgram } from '../../support/builtProgram';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { writeFiles } from '../../support/folders';
import { TestRepository } from '../../support/gitRepository';
import { LspProcess } from '../../support/lspProcess';
import { servedComponent, StandInBackstage } from '../../support/standInBackstage';

/** Timeout in milliseconds. Starting a process takes long on a slow machine. */
const patience = 300_000;

describe('language server over standard streams', { timeout: patience }, () => {
  let program: string;
  let client: LspProcess | undefined;

  beforeAll(async () => {
    program = await builtProgram();
  }, patience);
  afterEach(async () => {
    await client?.end();
    client = undefined;
  });

  const ferry = aComponent('ferry', { owner: 'crow' });

  async function start(files: Readonly<Record<string, string>>): Promise<LspProcess> {
    client = await LspProcess.start(program, files);
    return client;
  }

  it('reports problems of the catalog in an open file while typing', async () => {
    const server = await start({ 'ferry.yaml': ferry, 'crew.yaml': aDescriptor('group:crew') });

    server.open('ferry.yaml', ferry);
    const [dangling] = await server.untilCodes('ferry.yaml', ['dangling-reference']);
    expect(dangling?.message).toContain('Did you mean "crew"?');

    server.change('ferry.yaml', ferry.replace('crow', 'crew'));
    await server.untilCodes('ferry.yaml', []);

    server.change('ferry.yaml', ferry.replace('crow', 'crew/'));
    await server.untilCodes('ferry.yaml', ['invalid-reference']);
  });

  it('follows the settings of the editor for docs, then those of the folder', async () => {
    const page = '> [!NOTE]\n> Text\n\n[!NOTE]: none.md\n';
    const setting = 'callboard.docs.techdocsCore';
    client = await LspProcess.start(
      program,
      {
        'mkdocs.yml': 'site_name: Ferry\n',
        'docs/index.md': page,
        '.vscode/settings.json': JSON.stringify({ [setting]: '1.6' }),
      },
      { workspace: { configuration: true } },
    );
    client.open('docs/index.md', page, 'markdown');
    await client.untilCodes('docs/index.md', ['page-link-missing']);
    client.settings = { [setting]: '1.7' };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.untilCodes('docs/index.md', []);
  });

  it('checks definitions of open APIs while typing', async () => {
    const openapi = (paths: string): string =>
      `openapi: 3.1.0\ninfo: { title: Fares, version: '1' }\n${paths}\n`;
    const api = aDescriptor('api:fares', { definition: { $text: './openapi.yaml' } });
    const server = await start({
      'api.yaml': api,
      'openapi.yaml': openapi('paths: { /fares: { get: { responses: 7 } } }'),
    });

    server.open('openapi.yaml', openapi('paths: { /fares: { get: { responses: 7 } } }'));
    await server.untilCodes('openapi.yaml', ['definition-invalid']);
    server.change('openapi.yaml', openapi('paths: {}'));
    await server.untilCodes('openapi.yaml', []);
  });

  it('resolves entities of a source and suggests them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-lsp-source-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const repository = new TestRepository(join(folder, 'repository'));
    repository.commit({ 'crew.yaml': aDescriptor('group:crew') });
    writeFiles(join(folder, 'work'), {
      'ferry.yaml': ferry,
      '.vscode/settings.json': JSON.stringify({
        'callboard.catalog.sources': [
          { type: 'git', url: `file://${repository.folder}`, allow: ['Group'] },
        ],
      }),
    });
    const command = [program, 'lsp', '--stdio', '--sources-of-settings'];
    client = new LspProcess(command, join(folder, 'work'), {
      CALLBOARD_CACHE_DIR: join(folder, 'cache'),
    });
    await client.initialize();
    client.open('ferry.yaml', ferry);
    const shown = await client.untilShown('ferry.yaml', ([problem]) =>
      /Did you mean "crew"\?/.test(problem?.message ?? ''),
    );
    expect(shown).toHaveLength(1);
    client.change('ferry.yaml', ferry.replace('crow', 'crew'));
    await client.untilCodes('ferry.yaml', []);
  });

  it('completes entities of a partially fetched source without waiting for a silent one', async () => {
    const crew = {
      ...servedComponent('crew'),
      kind: 'Group',
      spec: { type: 'team', children: [] },
    };
    const [server, silent] = await Promise.all([
      new StandInBackstage([crew]).listen(),
      new StandInBackstage().listen(),
    ]);
    silent.fault = ({ url }) => url.searchParams.has('orderField');
    const folder = mkdtempSync(join(tmpdir(), 'callboard-lsp-part-'));
    onTestFinished(() => {
      server.close();
      silent.close();
      rmSync(folder, { recursive: true, force: true });
    });
    writeFiles(join(folder, 'work'), { 'ferry.yaml': ferry });
    const sources = [server, silent].flatMap(({ url }) => [
      '--source',
      `backstage+${url}?hold=referenced`,
    ]);
    const command = [program, 'lsp', '--stdio', ...sources];
    const started = new LspProcess(command, join(folder, 'work'), {
      CALLBOARD_CACHE_DIR: join(folder, 'cache'),
    });
    client = started;
    await started.initialize();
    started.open('ferry.yaml', ferry);
    await started.untilCodes('ferry.yaml', ['dangling-reference']);
    const lines = ferry.split('\n');
    const line = lines.findIndex(text => text.includes('owner: crow'));
    const character = (lines[line] ?? '').indexOf('ow');
    const labels = async (): Promise<readonly string[]> => {
      const { items } = (await started.request('textDocument/completion', {
        textDocument: { uri: started.uriOf('ferry.yaml') },
        position: { line, character: character + 'owner: cr'.length },
      })) as { readonly items: readonly { readonly label: string }[] };
      return items.map(({ label }) => label);
    };
    await expect.poll(labels, { timeout: patience }).toContain('crew');
  });

  it('resolves entities of another open file that is not saved', async () => {
    const server = await start({ 'ferry.yaml': ferry, 'crew.yaml': aDescriptor('group:crew') });
    server.open('ferry.yaml', ferry);
    await server.untilCodes('ferry.yaml', ['dangling-reference']);

    server.open('crew.yaml', documents(aDescriptor('group:crew'), aDescriptor('group:crow')));
    await server.untilCodes('ferry.yaml', []);

    server.close('crew.yaml');
    await server.untilCodes('ferry.yaml', ['dangling-reference']);
  });

  it('follows file changes that the client reports', async () => {
    const server = await start({ 'ferry.yaml': ferry });
    server.open('ferry.yaml', ferry);
    await server.untilCodes('ferry.yaml', ['dangling-reference']);

    writeFileSync(join(server.folder, 'crow.yaml'), aDescriptor('group:crow'));
    server.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: server.uriOf('crow.yaml'), type: 1 }],
    });
    await server.untilCodes('ferry.yaml', []);
  });

  it('reads a schema through a linked folder, but not outside of it', async () => {
    const place = mkdtempSync(join(tmpdir(), 'callboard-lsp-link-'));
    const schema = '{"properties": {"size": {"type": "number"}}}';
    writeFiles(place, { 'real/size.json': schema, 'elsewhere/size.json': schema });
    symlinkSync('real', join(place, 'opened'), 'dir');
    symlinkSync('../elsewhere/size.json', join(place, 'real', 'out.json'));
    client = new LspProcess([program, 'lsp', '--stdio'], join(place, 'opened'));
    await client.initialize();
    for (const [name, code] of [
      ['size.json', 'schema-mismatch'],
      ['out.json', 'schema-refused'],
    ] as const) {
      const text = `# yaml-language-server: $schema=${name}\nsize: large\n`;
      client.open(`${name}.yaml`, text);
      const [shown] = await client.untilShown(`${name}.yaml`, found => found.length > 0);
      expect([name, shown?.code]).toEqual([name, code]);
    }
    await client.end();
    client = undefined;
    rmSync(place, { recursive: true });
  });

  it('reloads a schema that changed on disk or in an editor', async () => {
    const schemaOf = (type: string): string => `properties: { size: { type: ${type} } }\n`;
    const text = '# yaml-language-server: $schema=size.yaml\nsize: large\n';
    const server = await start({ 'size.yaml': schemaOf('number') });
    server.open('a.yaml', text);
    await server.untilCodes('a.yaml', ['schema-mismatch']);

    writeFileSync(join(server.folder, 'size.yaml'), schemaOf('string'));
    server.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: server.uriOf('size.yaml'), type: 2 }],
    });
    await server.untilCodes('a.yaml', []);

    server.open('size.yaml', schemaOf('boolean'));
    await server.untilCodes('a.yaml', ['schema-mismatch']);
    server.close('size.yaml');
    await server.untilCodes('a.yaml', []);
  });

  it('applies the settings of the workspace', async () => {
    const settings = {
      'callboard.problems.severity': { 'dangling-reference': 'error', 'schema-mismatch': 'info' },
    };
    const server = await start({
      'ferry.yaml': ferry,
      '.vscode/settings.json': JSON.stringify(settings),
    });
    server.open('ferry.yaml', ferry);
    const [dangling] = await server.untilCodes('ferry.yaml', ['dangling-reference']);
    expect(dangling?.severity).toBe(1);

    server.open('mkdocs.yml', 'site_name: A\nstrict: nearly\n');
    const [mismatch] = await server.untilCodes('mkdocs.yml', ['schema-mismatch']);
    expect(mismatch?.severity).toBe(3);
  });

  it('offers fixes that the client supports', async () => {
    const files = { 'ferry.yaml': ferry, 'crew.yaml': aDescriptor('group:crew') };
    const titles = async (server: LspProcess): Promise<readonly string[]> => {
      server.open('ferry.yaml', ferry);
      const [dangling] = await server.untilCodes('ferry.yaml', ['dangling-reference']);
      const actions = await server.request('textDocument/codeAction', {
        textDocument: { uri: server.uriOf('ferry.yaml') },
        range: dangling?.range,
        context: { diagnostics: [], only: ['quickfix'] },
      });
      return (actions as readonly { title: string }[]).map(({ title }) => title);
    };
    const simple = await start(files);
    expect(await titles(simple)).toEqual([
      'Change to "crew"',
      'Create Group "crow" in this file',
      'Create User "crow" in this file',
      'Ignore dangling-reference on this line',
    ]);
    await simple.end();
    client = await LspProcess.start(program, files, {
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
    });
    expect(await titles(client)).toContain('Create Group "crow" in crow.yaml');
  });

  it('reports an invalid app-config.yaml while typing', async () => {
    const config = (type: string): string =>
      `catalog:\n  locations:\n    - type: ${type}\n      target: https://example.com/a.yaml\n`;
    const server = await start({ 'app-config.yaml': '' });
    server.open('app-config.yaml', config('{}'));
    await server.untilCodes('app-config.yaml', ['app-config-invalid']);
    server.change('app-config.yaml', config('url'));
    await server.untilCodes('app-config.yaml', []);
  });

  it.each(['untitled:Untitled-1', 'untitled:/work/catalog-info.yaml'])(
    'supports %s, which has no file yet',
    async uri => {
      const server = await start({ 'ferry.yaml': ferry, 'crew.yaml': aDescriptor('group:crew') });
      server.open('ferry.yaml', ferry);
      await server.untilCodes('ferry.yaml', ['dangling-reference']);
      const text = `${aComponent('pier', { owner: 'crew' })}  system: pier\n`;
      server.notify('textDocument/didOpen', {
        textDocument: { uri, languageId: 'yaml', version: 1, text },
      });
      const line = text.split('\n').findIndex(found => found.includes('owner: crew'));
      const at = { textDocument: { uri }, position: { line, character: 11 } };
      expect(await server.request('textDocument/definition', at)).toMatchObject([
        { uri: server.uriOf('crew.yaml') },
      ]);
      expect(
        await server.request('textDocument/references', {
          ...at,
          context: { includeDeclaration: false },
        }),
      ).toMatchObject([{ uri }]);
      const { items } = (await server.request('textDocument/completion', at)) as {
        items: readonly { label: string }[];
      };
      expect(items.map(({ label }) => label)).toContain('crew');
      expect(
        await server.request('textDocument/rename', { ...at, newName: 'mates' }),
      ).toMatchObject({ changes: { [server.uriOf('crew.yaml')]: [{ newText: 'mates' }] } });
    },
  );

  it('returns nothing for unknown files', async () => {
    const server = await start({});
    server.open('notes.yaml', 'plain: yaml\n');
    expect(await server.at('hover', 'notes.yaml', [0, 2])).toBeNull();
    expect(await server.at('definition', 'nowhere.yaml', [0, 2])).toEqual([]);
  });

  it('exits with 0 after shutdown, and with 1 if the client is gone', async () => {
    const polite = await LspProcess.start(program, {});
    expect(await polite.end()).toBe(0);
    const rude = await LspProcess.start(program, {});
    expect(await rude.hangUp()).toBe(1);
  });
});
