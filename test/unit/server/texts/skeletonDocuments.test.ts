import { beforeAll, describe, expect, it } from 'vitest';
import { filtersFor } from '../../../../src/server/texts/skeletonDocuments';
import { builtProgram } from '../../../support/builtProgram';
import { LspProcess } from '../../../support/lspProcess';
import { aTemplate } from '../../../support/templates';

describe('filters for skeleton files', () => {
  it('match files that are not YAML by folder and extension', () => {
    const files = [
      'a/x.md',
      'a/y.md',
      'a/Dockerfile',
      'a/b/.env',
      'a/b/c.yaml',
      'a/b/${{ values.x }}.ts',
      'c/d.YML',
    ];
    expect(filtersFor(files.map(path => `file:///${path}`))).toEqual([
      { scheme: 'file', pattern: { baseUri: 'file:///a', pattern: '{*.md,Dockerfile}' } },
      { scheme: 'file', pattern: { baseUri: 'file:///a/b', pattern: '{*.ts,.env}' } },
    ]);
  });

  it('omit names that would be patterns', () => {
    expect(filtersFor(['file:///a/{b}', 'file:///a/c.d,e', 'file:///a/[f'])).toEqual([]);
  });
});

/** Timeout in milliseconds. Starting a process takes long on a slow machine. */
const patience = 300_000;

describe('client with dynamic registration', { timeout: patience }, () => {
  let program: string;
  beforeAll(async () => {
    program = await builtProgram();
  }, patience);

  it('gets problems and requests for skeleton files', async () => {
    const server = await LspProcess.start(
      program,
      { 'template.yaml': aTemplate(), 'skeleton/README.md': '# ${{ values.name }}\n' },
      {
        textDocument: {
          synchronization: { dynamicRegistration: true },
          filters: { relativePatternSupport: true },
        },
      },
    );
    const registered = await server.untilRegistered('textDocument/didOpen');
    const documentSelector = [
      { scheme: 'file', pattern: { baseUri: server.uriOf('skeleton'), pattern: '*.md' } },
    ];
    expect(registered.get('textDocument/hover')).toEqual({ documentSelector });
    expect(registered.get('textDocument/codeAction')).toEqual({
      documentSelector,
      codeActionKinds: ['quickfix'],
    });

    server.open('skeleton/README.md', '# ${{ values.nam }}\nkind: Component', 'markdown');
    const [problem] = await server.untilCodes('skeleton/README.md', ['unresolved-expression']);
    expect(problem?.message).toContain('Did you mean "name"?');
    expect(await server.at('documentSymbol', 'skeleton/README.md', [0, 0])).toEqual([]);
    const actions = await server.request('textDocument/codeAction', {
      textDocument: { uri: server.uriOf('skeleton/README.md') },
      range: problem?.range,
      context: { diagnostics: [] },
    });
    expect(actions).toMatchObject([{ title: 'Change to "name"', isPreferred: true }]);

    server.open('template.yaml', aTemplate().replace('          name: $', '          nam: $'));
    await server.untilCodes('skeleton/README.md', []);
    await server.end();
  });
});
