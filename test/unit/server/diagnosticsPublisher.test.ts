import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createConnection,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { Emitter, silentLogger } from '../../../src/base';
import { MirrorCatalog } from '../../../src/features/authoring/language';
import type { Problem, Severity, SeveritySettings } from '../../../src/model';
import { DiagnosticsPublisher } from '../../../src/server/diagnosticsPublisher';
import { OpenTexts } from '../../../src/server/texts/openTexts';

/* What a client is told, and when: the publisher with open texts and a connection, and a catalog in hand. */

const uri = 'file:///x.yaml';

interface Shown {
  readonly range: { readonly start: { readonly line: number } };
  readonly message: string;
  readonly severity: number;
  readonly codeDescription?: { readonly href: string };
}

const aProblem = (message: string, line: number, severity: Severity = 'warning'): Problem => ({
  code: 'schema-mismatch',
  severity,
  message,
  file: uri,
  document: 0,
  range: { start: { line, character: 0 }, end: { line, character: 3 } },
});

const view = new MirrorCatalog();
let settled: Emitter<ReadonlySet<string>>;
let severities: SeveritySettings;
let ofText: readonly Problem[];
let client: MessageConnection;
let publisher: DiagnosticsPublisher;
/** What was published since the last look. */
let published: (readonly Shown[])[];

beforeEach(() => {
  settled = new Emitter();
  severities = {};
  ofText = [];
  published = [];
  view.clear();
  const [there, back] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(
    new StreamMessageReader(there),
    new StreamMessageWriter(back),
  );
  publisher = new DiagnosticsPublisher({
    connection,
    texts: new OpenTexts(connection),
    source: {
      view,
      onDidSettle: settled.event,
      open: () => Promise.resolve(),
      changed: () => undefined,
      opened: () => Promise.resolve(),
      edited: () => undefined,
      isMadeBy: () => false,
      dispose: () => undefined,
    },
    logger: silentLogger,
    check: () => Promise.resolve(ofText),
    severities: () => severities,
    documentationOf: code => `https://example.com/${code}`,
  });
  connection.onRequest('test/done', () => true);
  connection.listen();
  client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  client.onNotification(
    'textDocument/publishDiagnostics',
    ({ diagnostics }: { diagnostics: readonly Shown[] }) => void published.push(diagnostics),
  );
  client.listen();
});

afterEach(() => {
  publisher.dispose();
  client.dispose();
});

/** What was published meanwhile: the lines and the messages. */
async function told(): Promise<readonly (readonly string[])[]> {
  // What was sent before the answer came before it; the second time, what followed from the first.
  for (let round = 0; round < 2; round++) await client.sendRequest('test/done');
  return published
    .splice(0)
    .map(shown => shown.map(({ range, message }) => `${range.start.line} ${message}`));
}

async function open(): Promise<void> {
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text: 'a: b\n' },
  });
}

function settle(...problems: readonly Problem[]): void {
  view.setProblems(uri, problems);
  settled.fire(new Set([uri]));
}

it('publishes what the catalog says, and not the same again', async () => {
  const [a, b] = [aProblem('a', 1), aProblem('b', 2)];
  view.setProblems(uri, [a, b]);
  await open();
  expect(await told()).toEqual([['1 a', '2 b']]);
  settle(a, b);
  expect(await told()).toEqual([]);
  // Others, of which nobody can tell that.
  settle(aProblem('a', 1), b);
  expect(await told()).toEqual([]);
});

it('publishes all anew where one has moved, changed, come or gone', async () => {
  const [a, b] = [aProblem('a', 1), aProblem('b', 2)];
  view.setProblems(uri, [a, b]);
  await open();
  await told();
  settle(a, aProblem('b', 3));
  expect(await told()).toEqual([['1 a', '3 b']]);
  settle(a, aProblem('c', 3));
  expect(await told()).toEqual([['1 a', '3 c']]);
  settle(a);
  expect(await told()).toEqual([['1 a']]);
  settle(b, a);
  expect(await told()).toEqual([['2 b', '1 a']]);
  settle(a, b);
  expect(await told()).toEqual([['1 a', '2 b']]);
  settle();
  expect(await told()).toEqual([[]]);
});

it('tells of another severity, and where a code is explained', async () => {
  view.setProblems(uri, [aProblem('a', 1)]);
  await open();
  await client.sendRequest('test/done');
  await client.sendRequest('test/done');
  expect(published.splice(0)[0]).toMatchObject([
    { severity: 2, codeDescription: { href: 'https://example.com/schema-mismatch' } },
  ]);
  settle(aProblem('a', 1, 'error'));
  await client.sendRequest('test/done');
  expect(published.splice(0)[0]).toMatchObject([{ severity: 1 }]);
});

it('adds what the text says of itself, as severe as settings want it', async () => {
  const a = aProblem('a', 1);
  ofText = [aProblem('own', 5)];
  view.setProblems(uri, [a]);
  await open();
  expect((await told()).at(-1)).toEqual(['1 a', '5 own']);
  publisher.checkAll();
  expect(await told()).toEqual([]);
  severities = { 'schema-mismatch': 'off' };
  publisher.checkAll();
  expect(await told()).toEqual([['1 a']]);
  severities = {};
  ofText = [aProblem('own', 6)];
  publisher.checkAll();
  expect(await told()).toEqual([['1 a', '6 own']]);
  // Where the catalog objects to the same place, the schema has nothing to add.
  settle(a, aProblem('said', 6));
  expect(await told()).toEqual([['1 a', '6 said']]);
});

it('publishes the same again for a file that was closed in between', async () => {
  const a = aProblem('a', 1);
  view.setProblems(uri, [a]);
  await open();
  expect(await told()).toEqual([['1 a']]);
  await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  expect(await told()).toEqual([[]]);
  await open();
  expect(await told()).toEqual([['1 a']]);
});
