import { PassThrough } from 'node:stream';
import { beforeEach, expect, it } from 'vitest';
import {
  createConnection,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { catalogSettled, problemsOfFile } from '../../../../src/features/authoring/protocol';
import type { FileProblems, Problem } from '../../../../src/model';
import { ClientCatalog } from '../../../../src/server/catalog/clientCatalog';

/* The problems of open files on their way from the editor's catalog to the server's copy. */

const file = 'file:///x.yaml';

const aProblem = (message: string, line = 0): Problem => ({
  code: 'dangling-reference',
  severity: 'warning',
  message,
  file,
  document: 0,
  range: { start: { line, character: 0 }, end: { line, character: 1 } },
});

const [a, b, c] = [aProblem('a'), aProblem('b'), aProblem('c')];

let problems: readonly Problem[];
let revision: number;
let client: MessageConnection;
let catalog: ClientCatalog;

beforeEach(() => {
  problems = [];
  revision = 0;
  const [there, back] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(
    new StreamMessageReader(there),
    new StreamMessageWriter(back),
  );
  catalog = new ClientCatalog(connection);
  connection.onRequest('test/done', () => true);
  connection.listen();
  client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  client.onRequest(problemsOfFile, all);
  client.listen();
});

function all(): FileProblems {
  return { file, revision: ++revision, problems };
}

async function notify(update: FileProblems): Promise<void> {
  await client.sendNotification(catalogSettled, { isReady: true, problems: [update] });
  await client.sendRequest('test/done');
}

it('has the problems of the editor', async () => {
  const settled: ReadonlySet<string>[] = [];
  catalog.onDidSettle(files => settled.push(files));
  problems = [a, b];
  await catalog.opened(file);
  expect(catalog.view.problems(file)).toEqual([a, b]);
  problems = [a, c];
  await notify(all());
  expect(catalog.view.problems(file)).toEqual([a, c]);
  problems = [];
  await notify(all());
  expect(catalog.view.problems(file)).toEqual([]);
  expect(settled).toEqual([new Set([file]), new Set([file])]);
});

it('ignores outdated updates', async () => {
  problems = [a];
  await catalog.opened(file);
  problems = [a, b];
  const late = all();
  problems = [a, b, c];
  await catalog.opened(file);
  await notify(late);
  expect(catalog.view.problems(file)).toEqual([a, b, c]);
});
