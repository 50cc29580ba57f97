import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noModel } from '../../../src/features/catalog/core';
import { builtProgram } from '../../support/builtProgram';
import { aComponent, aDescriptor } from '../../support/descriptors';
import { LspProcess } from '../../support/lspProcess';

/** Timeout in milliseconds. Starting a process takes long on a slow machine. */
const patience = 300_000;

/** Initialization options of Callboard's own extension, which has a catalog. */
const ofTheEditor = {
  callboard: {
    hasCatalog: true,
    commands: [],
    settings: {
      customKinds: [],
      model: noModel.data,
      isStructureDelegated: true,
      schemaHosts: [],
      isTrusted: true,
    },
  },
};

const client = { workspace: { workspaceFolders: true } };
const ferry = aComponent('ferry', { owner: 'crew' });
const api = aDescriptor('api:timetable', { definition: { $text: '/top.txt' } });
const apiLines = api.split('\n');
const line = apiLines.findIndex(text => text.includes('/top.txt'));
const character = (apiLines[line] ?? '').indexOf('/top.txt') + 2;

describe('workspace folders over standard streams', { timeout: patience }, () => {
  let program: string;
  let server: LspProcess | undefined;

  beforeAll(async () => {
    program = await builtProgram();
  }, patience);
  afterEach(async () => {
    await server?.end();
    server = undefined;
  });

  /** A server for the folders at some paths of a workspace. */
  async function start(
    files: Readonly<Record<string, string>>,
    { folders, more = {} }: { folders: readonly string[]; more?: object },
  ): Promise<LspProcess> {
    server = await LspProcess.start(program, files, client, more);
    change(server, { added: folders, removed: [''] });
    return server;
  }

  function change(
    to: LspProcess,
    { added = [], removed = [] }: { added?: readonly string[]; removed?: readonly string[] },
  ): void {
    const named = (path: string): object => ({ uri: `${to.uriOf(path)}/`, name: path });
    const event = { added: added.map(named), removed: removed.map(named) };
    to.notify('workspace/didChangeWorkspaceFolders', { event });
  }

  /** Where the placeholder of `sub/api.yaml` leads, as paths. */
  async function leadsTo(from: LspProcess): Promise<readonly string[]> {
    const found = await from.at('definition', 'sub/api.yaml', [line, character]);
    return (found as { uri: string }[]).map(({ uri }) => uri.slice(from.uriOf('').length + 1));
  }

  it('make up the catalog when added and removed', async () => {
    const lsp = await start(
      { 'a/ferry.yaml': ferry, 'b/crew.yaml': aDescriptor('group:crew') },
      { folders: ['a'] },
    );
    lsp.open('a/ferry.yaml', ferry);
    await lsp.untilCodes('a/ferry.yaml', ['dangling-reference']);
    change(lsp, { added: ['b'] });
    await lsp.untilCodes('a/ferry.yaml', []);
    change(lsp, { removed: ['b'] });
    await lsp.untilCodes('a/ferry.yaml', ['dangling-reference']);
    change(lsp, { removed: ['a'] });
    await lsp.untilCodes('a/ferry.yaml', []);
  });

  it('are the last reported ones after fast changes', async () => {
    const lsp = await start(
      {
        'a/ferry.yaml': ferry,
        'b/crew.yaml': aDescriptor('group:crew'),
        'c/crow.yaml': aDescriptor('group:crow'),
      },
      { folders: [] },
    );
    lsp.open('a/ferry.yaml', ferry);
    for (let round = 0; round < 5; round++) {
      change(lsp, { added: ['a', 'b'] });
      change(lsp, { removed: ['b'] });
    }
    change(lsp, { added: ['c'] });
    await lsp.untilShown('a/ferry.yaml', ([only]) => only?.message.includes('"crow"') ?? false);
    expect(await lsp.request('workspace/symbol', { query: 'crew' })).toEqual([]);
  });

  describe.each([
    ['of a client with a catalog', { initializationOptions: ofTheEditor }],
    ['that the server reads', {}],
  ])('%s', (_, more) => {
    it("are the root of a file's targets, unless it is in a repository", async () => {
      const files = { 'sub/api.yaml': api, 'sub/top.txt': 'inner', 'top.txt': 'outer' };
      const loose = await start(files, { folders: ['sub'], more });
      loose.open('sub/api.yaml', api);
      expect(await leadsTo(loose)).toEqual(['sub/top.txt']);
      change(loose, { added: [''], removed: ['sub'] });
      expect(await leadsTo(loose)).toEqual(['top.txt']);
      // The innermost folder takes precedence.
      change(loose, { added: ['sub'] });
      expect(await leadsTo(loose)).toEqual(['sub/top.txt']);
      await loose.end();

      const cloned = await start(
        { ...files, '.git/HEAD': 'ref: refs/heads/main\n' },
        { folders: ['sub'], more },
      );
      cloned.open('sub/api.yaml', api);
      expect(await leadsTo(cloned)).toEqual(['top.txt']);
    });
  });
});
