import { PassThrough } from 'node:stream';
import { beforeEach, expect, it } from 'vitest';
import {
  createConnection,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { silentLogger } from '../../../../src/base';
import { catalogSettled, problemsOfFile } from '../../../../src/features/authoring/protocol';
import { ProblemFeed } from '../../../../src/features/catalog/core/feed';
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

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(message => aProblem(message)) as [
  Problem,
  Problem,
  Problem,
  Problem,
];

let problems: readonly Problem[];
let feed: ProblemFeed;
let client: MessageConnection;
let catalog: ClientCatalog;
let asked: number;
let settled: number;

beforeEach(() => {
  problems = [];
  asked = 0;
  settled = 0;
  feed = new ProblemFeed(() => problems);
  const [there, back] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(
    new StreamMessageReader(there),
    new StreamMessageWriter(back),
  );
  catalog = new ClientCatalog(connection, silentLogger);
  catalog.onDidSettle(() => settled++);
  connection.onRequest('test/done', () => true);
  connection.listen();
  client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  client.onRequest(problemsOfFile, () => {
    asked++;
    return feed.all(file);
  });
  client.listen();
});

async function tell(told: FileProblems): Promise<void> {
  await client.sendNotification(catalogSettled, { isReady: true, problems: [told] });
  // Whatever the server asks for in return has been answered by the second time.
  for (let round = 0; round < 2; round++) await client.sendRequest('test/done');
}

/** What is written of them on the way: a problem, or a place. */
const written = ({ problems: told }: FileProblems): readonly unknown[] =>
  told.map(problem => (typeof problem === 'number' ? problem : problem.message));

it.each<[string, readonly Problem[], readonly Problem[], readonly unknown[]]>([
  ['nothing has changed', [a, b, c], [a, b, c], [0, 1, 2]],
  ['one is another', [a, b, c], [a, d, c], [0, 'd', 2]],
  ['one comes', [a, b, c], [a, d, b, c], [0, 'd', 1, 2]],
  ['one goes', [a, b, c], [a, c], [0, 2]],
  ['all go', [a, b, c], [], []],
  ['the first come', [], [a, b], ['a', 'b']],
  ['nobody can tell them apart', [a], [aProblem('a')], ['a']],
  ['they change places', [a, b], [b, a], ['b', 'a']],
])('knows what the editor knows when %s', async (_, before, after, told) => {
  problems = before;
  await catalog.opened(file);
  expect(catalog.view.problems(file)).toEqual(before);
  problems = after;
  const changes = feed.changes(file);
  expect(written(changes)).toEqual(told);
  await tell(changes);
  expect(catalog.view.problems(file)).toEqual(after);
  expect([asked, settled]).toEqual([1, 1]);
});

it('keeps the problems that stay, so that they need not be published anew', async () => {
  problems = [a, b];
  await catalog.opened(file);
  const [first] = catalog.view.problems(file);
  problems = [a, c];
  await tell(feed.changes(file));
  expect(catalog.view.problems(file)[0]).toBe(first);
});

it('asks for all where it does not know what was told before', async () => {
  problems = [a, b];
  // The server was started again, or lost its way.
  feed.all(file);
  problems = [a, c];
  await tell(feed.changes(file));
  expect(catalog.view.problems(file)).toEqual([a, c]);
  expect([asked, settled]).toEqual([1, 2]);
});

it('leaves what comes late', async () => {
  problems = [a];
  await catalog.opened(file);
  problems = [a, b];
  const late = feed.changes(file);
  problems = [a, b, c];
  await catalog.opened(file);
  await tell(late);
  expect(catalog.view.problems(file)).toEqual([a, b, c]);
  expect(asked).toBe(2);
});

it('tells all again of a file that was closed', async () => {
  problems = [a, b];
  await catalog.opened(file);
  feed.forget(file);
  expect(written(feed.changes(file))).toEqual(['a', 'b']);
});
