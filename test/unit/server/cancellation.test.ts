import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtProgram } from '../../support/builtProgram';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { isLongRun } from '../../support/longRun';
import { LspProcess } from '../../support/lspProcess';

/** Timeout in milliseconds. Starting a process takes long on a slow machine. */
const patience = 300_000;

const DOCUMENTS = 1000;
const FILES = isLongRun ? 50 : 20;
const ROUNDS = 20;

/** Every tenth has an owner that does not exist. */
const many = documents(
  ...Array.from({ length: DOCUMENTS }, (_, index) =>
    aComponent(`many-${index}`, {
      owner: index % 10 ? 'crew' : 'crow',
      dependsOn: [`component:many-${(index + 1) % DOCUMENTS}`, 'component:other-0-0'],
      definition: { $text: './crew.yaml' },
    }),
  ),
);

function others(file: number): string {
  const spec = { owner: file < 3 ? 'crew' : 'mates' };
  return documents(
    ...Array.from({ length: 500 }, (_, index) => aComponent(`other-${file}-${index}`, spec)),
  );
}

const files = {
  'crew.yaml': documents(aDescriptor('group:crew'), aDescriptor('group:mates')),
  'many.yaml': many,
  ...Object.fromEntries(
    Array.from({ length: FILES }, (_, file) => [`others-${file}.yaml`, others(file)]),
  ),
};

/** Position after the first `text` in the open file. */
function behind(text: string): { readonly line: number; readonly character: number } {
  const before = many.slice(0, many.indexOf(text) + text.length).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

const whole = {
  start: { line: 0, character: 0 },
  end: { line: many.split('\n').length, character: 0 },
};

function refactor(refactoring: object): readonly [string, object] {
  return ['workspace/executeCommand', { command: 'callboard.refactor', arguments: [refactoring] }];
}

/** Requests that take long for a file of many documents or for a large catalog. */
const requests: Readonly<Record<string, readonly [method: string, params: object]>> = {
  references: [
    'textDocument/references',
    { position: behind('owner: cre'), context: { includeDeclaration: true } },
  ],
  highlights: ['textDocument/documentHighlight', { position: behind('owner: cre') }],
  rename: ['textDocument/rename', { position: behind('owner: cre'), newName: 'hands' }],
  'code actions': ['textDocument/codeAction', { range: whole, context: { diagnostics: [] } }],
  'all that can be fixed': [
    'textDocument/codeAction',
    { range: whole, context: { diagnostics: [], only: ['source.fixAll'] } },
  ],
  completion: ['textDocument/completion', { position: behind('- component:') }],
  'semantic tokens': ['textDocument/semanticTokens/full', {}],
  symbols: ['textDocument/documentSymbol', {}],
  folding: ['textDocument/foldingRange', {}],
  links: ['textDocument/documentLink', {}],
  lenses: ['textDocument/codeLens', {}],
  'inlay hints': ['textDocument/inlayHint', { range: whole }],
  'workspace symbols': ['workspace/symbol', { query: '' }],
  callers: [
    'callHierarchy/incomingCalls',
    { item: { data: { ref: 'component:default/other-0-0' } } },
  ],
  'a change of many owners': refactor({
    type: 'changeOwner',
    entityRefs: Array.from({ length: DOCUMENTS }, (_, index) => `component:default/many-${index}`),
    owner: 'mates',
  }),
  'a move to a namespace': refactor({
    type: 'moveToNamespace',
    entityRef: 'group:default/crew',
    namespace: 'coast',
  }),
  'a rename by command': refactor({
    type: 'rename',
    entityRef: 'group:default/crew',
    newName: 'hands',
  }),
};

describe('cancelled request', { timeout: patience }, () => {
  let program: string;
  let server: LspProcess;

  beforeAll(async () => {
    program = await builtProgram();
    server = await LspProcess.start(program, files);
    server.open('many.yaml', many);
    await server.untilShown('many.yaml', shown => shown.length >= DOCUMENTS / 10);
  }, patience);
  afterAll(async () => {
    await server.end();
  });

  let edits = 0;
  it.each(Object.entries(requests))(
    'is answered at once with an error: %s',
    async (_name, [method, params]) => {
      const asked = { textDocument: { uri: server.uriOf('many.yaml') }, ...params };
      const sendAndCancel = () => {
        // This text isn't cached yet.
        server.change('many.yaml', many.replaceAll('production', `edited-${edits++}`));
        return server.takenBackMidway(method, asked);
      };
      let answer = await sendAndCancel();
      // On a busy machine the response may arrive before this process cancels the request.
      for (let round = 1; !answer.error && round < ROUNDS; round++) answer = await sendAndCancel();
      expect(answer).toMatchObject({ error: { code: -32800 }, isLate: false });
      // The server still answers.
      await expect(server.request(method, asked)).resolves.not.toEqual([]);
    },
  );
});
