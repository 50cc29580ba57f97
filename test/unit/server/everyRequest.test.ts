import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { capabilities } from '../../../src/server/requests/capabilities';
import { refactorCommand } from '../../../src/server/requests/refactorings';
import { builtProgram } from '../../support/builtProgram';
import { LspProcess } from '../../support/lspProcess';

/** Timeout in milliseconds. Starting a process takes long on a slow machine. */
const patience = 300_000;

const ferry = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ferry
  annotations:
    backstage.io/techdocs-ref: dir:.
spec:
  type: service
  lifecycle: production
  owner: crew
  system: harbour
  dependsOn:
    - component:pier
`;
const pier = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: pier
spec:
  type: service
  lifecycle: production
  owner: crew
`;
const others = `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: crew
spec:
  type: team
  children: []
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata:
  name: harbour
spec:
  owner: crew
  domain: sea
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata:
  name: sea
spec:
  owner: crew
---
apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: all
spec:
  targets:
    - ./ferry.yaml
`;
const files = {
  'ferry.yaml': ferry,
  'pier.yaml': pier,
  'others.yaml': others,
  'mkdocs.yml': 'site_name: Ferry\n',
  'docs/index.md': '# Ferry\n',
};

describe('language server', { timeout: patience }, () => {
  let server: LspProcess;

  beforeAll(async () => {
    server = await LspProcess.start(await builtProgram(), files, {
      textDocument: { definition: { linkSupport: true } },
      workspace: { workspaceEdit: { documentChanges: true } },
    });
    for (const [path, text] of Object.entries(files)) {
      if (path.endsWith('.yaml')) server.open(path, text);
    }
    await server.untilCodes('ferry.yaml', []);
  }, patience);
  afterEach(async () => {
    server.change('ferry.yaml', ferry);
    await server.untilCodes('ferry.yaml', []);
  });
  afterAll(() => server.end());

  /** Position after the first `text` in the ferry's file. */
  function behind(text: string, source = ferry): readonly [number, number] {
    const before = source.slice(0, source.indexOf(text) + text.length).split('\n');
    return [before.length - 1, before.at(-1)?.length ?? 0];
  }

  /** Text at a range of a file. */
  function textIn(source: string, { start, end }: Range): string {
    const lines = source.split('\n');
    expect(start.line).toBe(end.line);
    return (lines[start.line] ?? '').slice(start.character, end.character);
  }

  /** Repeats the request until the catalog has been read. */
  async function once<T>(ask: () => Promise<unknown>, isThere: (answer: T) => boolean): Promise<T> {
    for (;;) {
      const answer = (await ask()) as T;
      if (isThere(answer)) return answer;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }

  const requests: Readonly<Record<string, () => Promise<void>>> = {
    async completionProvider() {
      const [line] = behind('owner: ');
      server.change('ferry.yaml', 'cr', {
        start: { line, character: 9 },
        end: { line, character: 13 },
      });
      const { items } = (await server.at('completion', 'ferry.yaml', [line, 11])) as {
        items: readonly { label: string }[];
      };
      expect(items.map(({ label }) => label)).toContain('crew');
    },
    async hoverProvider() {
      const hover = (await server.at('hover', 'ferry.yaml', behind('component:pi'))) as {
        contents: { value: string };
      };
      expect(hover.contents.value).toContain('component:default/pier');
    },
    async definitionProvider() {
      const links = await server.at('definition', 'ferry.yaml', behind('component:pi'));
      expect(links).toMatchObject([{ targetUri: server.uriOf('pier.yaml') }]);
    },
    async referencesProvider() {
      const context = { includeDeclaration: false };
      const [line, character] = behind('name: cr', others);
      const found = (await server.at('references', 'others.yaml', [line, character], {
        context,
      })) as readonly { uri: string }[];
      const uris = found.map(({ uri }) => uri);
      expect(new Set(uris)).toEqual(
        new Set(['ferry.yaml', 'pier.yaml', 'others.yaml'].map(path => server.uriOf(path))),
      );
      expect(uris).toHaveLength(4);
    },
    async documentHighlightProvider() {
      const found = (await server.at(
        'documentHighlight',
        'others.yaml',
        behind('name: cr', others),
      )) as readonly { range: Range }[];
      expect(found.map(({ range }) => textIn(others, range))).toEqual(['crew', 'crew', 'crew']);
    },
    async documentLinkProvider() {
      const links = await server.request('textDocument/documentLink', {
        textDocument: { uri: server.uriOf('others.yaml') },
      });
      expect(links).toMatchObject([{ target: server.uriOf('ferry.yaml') }]);
    },
    async documentSymbolProvider() {
      const symbols = (await server.request('textDocument/documentSymbol', {
        textDocument: { uri: server.uriOf('others.yaml') },
      })) as readonly { name: string }[];
      expect(symbols.map(({ name }) => name)).toEqual(['crew', 'harbour', 'sea', 'all']);
    },
    async foldingRangeProvider() {
      const folds = await server.request('textDocument/foldingRange', {
        textDocument: { uri: server.uriOf('ferry.yaml') },
      });
      expect(folds).toContainEqual(expect.objectContaining({ startLine: 6, endLine: 12 }));
    },
    async selectionRangeProvider() {
      const [line, character] = behind('component:pi');
      const [range] = (await server.request('textDocument/selectionRange', {
        textDocument: { uri: server.uriOf('ferry.yaml') },
        positions: [{ line, character }],
      })) as readonly { range: Range; parent: { range: Range } }[];
      expect(range && textIn(ferry, range.range)).toBe('pier');
      expect(range && textIn(ferry, range.parent.range)).toBe('component:pier');
    },
    async workspaceSymbolProvider() {
      const symbols = await once<readonly { name: string }[]>(
        () => server.request('workspace/symbol', { query: 'pier' }),
        answer => answer.length > 0,
      );
      expect(symbols).toMatchObject([{ name: 'pier' }]);
    },
    async callHierarchyProvider() {
      const [item] = (await server.at(
        'prepareCallHierarchy',
        'ferry.yaml',
        behind('name: fer'),
      )) as readonly unknown[];
      const calls = await server.request('callHierarchy/outgoingCalls', { item });
      expect(calls).toMatchObject([{ to: { name: 'pier' } }]);
      const callers = await server.request('callHierarchy/incomingCalls', {
        item: (calls as readonly { to: unknown }[])[0]?.to,
      });
      expect(callers).toMatchObject([{ from: { name: 'ferry' } }]);
    },
    async typeHierarchyProvider() {
      const [item] = (await server.at(
        'prepareTypeHierarchy',
        'ferry.yaml',
        behind('name: fer'),
      )) as readonly unknown[];
      const above = await server.request('typeHierarchy/supertypes', { item });
      expect(above).toMatchObject([{ name: 'harbour' }]);
      const below = await server.request('typeHierarchy/subtypes', {
        item: (above as readonly unknown[])[0],
      });
      expect(below).toMatchObject([{ name: 'ferry' }]);
    },
    async codeLensProvider() {
      const lenses = (await server.request('textDocument/codeLens', {
        textDocument: { uri: server.uriOf('ferry.yaml') },
      })) as readonly { command: { title: string } }[];
      expect(lenses.map(({ command }) => command.title)).toEqual([
        'owned by crew',
        'no dependents',
      ]);
    },
    async codeActionProvider() {
      server.change('ferry.yaml', ferry.replace('owner: crew', 'owner: crow'));
      const [dangling] = await server.untilCodes('ferry.yaml', ['dangling-reference']);
      const actions = await server.request('textDocument/codeAction', {
        textDocument: { uri: server.uriOf('ferry.yaml') },
        range: dangling?.range,
        context: { diagnostics: [] },
      });
      expect(actions).toContainEqual(expect.objectContaining({ title: 'Change to "crew"' }));
    },
    async renameProvider() {
      const place = behind('name: cr', others);
      expect(await server.at('prepareRename', 'others.yaml', place)).toMatchObject({
        placeholder: 'crew',
      });
      const edit = (await server.at('rename', 'others.yaml', place, { newName: 'hands' })) as {
        documentChanges: readonly {
          textDocument: { uri: string };
          edits: readonly { newText: string }[];
        }[];
      };
      const changes = edit.documentChanges.map(({ textDocument: { uri }, edits }) => [
        uri.slice(uri.lastIndexOf('/') + 1),
        edits.map(({ newText }) => newText),
      ]);
      expect(Object.fromEntries(changes)).toEqual({
        'ferry.yaml': ['hands'],
        'others.yaml': ['hands', 'hands', 'hands'],
        'pier.yaml': ['hands'],
      });
      const refused = server.at('rename', 'others.yaml', place, { newName: 'a b' });
      await expect(refused).rejects.toThrow('"a b" isn\'t a valid name');
      await expect(server.at('prepareRename', 'others.yaml', [0, 2])).rejects.toThrow(
        'Select the name of an entity or a ref',
      );
    },
    async executeCommandProvider() {
      const refactor = (refactoring: object) =>
        server.request('workspace/executeCommand', {
          command: 'callboard.refactor',
          arguments: [refactoring],
        });
      const entityRefs = ['component:default/pier', 'system:default/harbour'];
      await expect(
        refactor({ type: 'changeOwner', entityRefs, owner: 'crew' }),
      ).resolves.toBeNull();
      const moved = { type: 'moveToNamespace', entityRef: 'Component:default/pier' };
      await refactor({ ...moved, namespace: 'coast' });
      expect(JSON.stringify(server.edits.at(-1))).toContain('coast/pier');
      await expect(refactor({ ...moved, namespace: 'A B' })).rejects.toThrow(
        "isn't a valid namespace",
      );
      await expect(refactor({ type: 'changeOwner' })).rejects.toThrow('callboard.refactor takes');
    },
    async inlayHintProvider() {
      const hints = (await server.request('textDocument/inlayHint', {
        textDocument: { uri: server.uriOf('ferry.yaml') },
        range: { start: { line: 0, character: 0 }, end: { line: 13, character: 0 } },
      })) as readonly { position: Position; label: unknown }[];
      expect(hints.map(({ position }) => position.line)).toEqual([9]);
    },
    async semanticTokensProvider() {
      const { data } = (await server.request('textDocument/semanticTokens/full', {
        textDocument: { uri: server.uriOf('ferry.yaml') },
      })) as { data: readonly number[] };
      // crew, harbour, component, pier
      expect(data).toHaveLength(4 * 5);
    },
  };

  const declared = Object.keys({ ...capabilities, ...refactorCommand }).filter(name =>
    name.endsWith('Provider'),
  );

  it('handles all requests that it declares', () =>
    expect(Object.keys(requests).sort()).toEqual(declared.sort()));

  it.each(Object.entries(requests))('handles %s', async (_name, ask) => {
    await once(
      () => server.request('workspace/symbol', { query: 'ferry' }),
      (found: readonly unknown[]) => found.length > 0,
    );
    await ask();
  });

  it('clamps positions outside of a file', async () => {
    server.open('ferry.ts', 'export {};\n', 'typescript');
    const end = { line: 1, character: 0 };
    expect(
      await server.request('textDocument/selectionRange', {
        textDocument: { uri: server.uriOf('ferry.ts') },
        positions: [{ line: 1_000_000, character: 1_000_000 }],
      }),
    ).toEqual([{ range: { start: end, end } }]);
    server.close('ferry.ts');
  });

  it.each([
    ['workspace/symbol', { query: '' }],
    ['typeHierarchy/subtypes', { item: {} }],
    ['callHierarchy/incomingCalls', { item: {} }],
  ])('handles cancellation of %s', async (method, params) => {
    expect(await server.cancelled(method, params)).toMatchObject({ code: -32800 });
  });

  it('handles cancellation of a request and continues', async () => {
    const cancelled = server.cancelled('textDocument/hover', {
      textDocument: { uri: server.uriOf('ferry.yaml') },
      position: { line: 12, character: 16 },
    });
    expect(await cancelled).toMatchObject({ code: -32800 });
    expect(await server.at('hover', 'ferry.yaml', behind('component:pi'))).not.toBeNull();
  });
});

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}
