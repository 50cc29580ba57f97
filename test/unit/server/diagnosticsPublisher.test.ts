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

/* Diagnostics that a client receives: the publisher with open texts, a connection and a catalog. */

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
/** Diagnostics published since the last check. */
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

/** Lines and messages published since the last call. */
async function takePublished(): Promise<readonly (readonly string[])[]> {
  // The first response comes after earlier notifications; the second one after their follow-ups.
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

function flush(...problems: readonly Problem[]): void {
  view.setProblems(uri, problems);
  settled.fire(new Set([uri]));
}

it('publishes the problems of the catalog, and equal ones only once', async () => {
  const [a, b] = [aProblem('a', 1), aProblem('b', 2)];
  view.setProblems(uri, [a, b]);
  await open();
  expect(await takePublished()).toEqual([['1 a', '2 b']]);
  flush(a, b);
  expect(await takePublished()).toEqual([]);
  // Equal, but not identical.
  flush(aProblem('a', 1), b);
  expect(await takePublished()).toEqual([]);
});

it('publishes all problems if one was moved, changed, added or removed', async () => {
  const [a, b] = [aProblem('a', 1), aProblem('b', 2)];
  view.setProblems(uri, [a, b]);
  await open();
  await takePublished();
  flush(a, aProblem('b', 3));
  expect(await takePublished()).toEqual([['1 a', '3 b']]);
  flush(a, aProblem('c', 3));
  expect(await takePublished()).toEqual([['1 a', '3 c']]);
  flush(a);
  expect(await takePublished()).toEqual([['1 a']]);
  flush(b, a);
  expect(await takePublished()).toEqual([['2 b', '1 a']]);
  flush(a, b);
  expect(await takePublished()).toEqual([['1 a', '2 b']]);
  flush();
  expect(await takePublished()).toEqual([[]]);
});

it('publishes changed severities and links to documentation', async () => {
  view.setProblems(uri, [aProblem('a', 1)]);
  await open();
  await client.sendRequest('test/done');
  await client.sendRequest('test/done');
  expect(published.splice(0)[0]).toMatchObject([
    { severity: 2, codeDescription: { href: 'https://example.com/schema-mismatch' } },
  ]);
  flush(aProblem('a', 1, 'error'));
  await client.sendRequest('test/done');
  expect(published.splice(0)[0]).toMatchObject([{ severity: 1 }]);
});

it('adds problems of the text with the severity of the settings', async () => {
  const a = aProblem('a', 1);
  ofText = [aProblem('own', 5)];
  view.setProblems(uri, [a]);
  await open();
  expect((await takePublished()).at(-1)).toEqual(['1 a', '5 own']);
  publisher.checkAll();
  expect(await takePublished()).toEqual([]);
  severities = { 'schema-mismatch': 'off' };
  publisher.checkAll();
  expect(await takePublished()).toEqual([['1 a']]);
  severities = {};
  ofText = [aProblem('own', 6)];
  publisher.checkAll();
  expect(await takePublished()).toEqual([['1 a', '6 own']]);
  // A problem of the catalog replaces one of the schema at the same place.
  flush(a, aProblem('said', 6));
  expect(await takePublished()).toEqual([['1 a', '6 said']]);
});

it('publishes the same problems again for a reopened file', async () => {
  const a = aProblem('a', 1);
  view.setProblems(uri, [a]);
  await open();
  expect(await takePublished()).toEqual([['1 a']]);
  await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  expect(await takePublished()).toEqual([[]]);
  await open();
  expect(await takePublished()).toEqual([['1 a']]);
});
