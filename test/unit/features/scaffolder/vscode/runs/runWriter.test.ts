import { beforeEach, expect, it, vi } from 'vitest';
import type { TemplateFile, TemplateRunResult } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import {
  type MadeFile,
  RECORD_PATH,
  type RecordedRun,
  type TaskAttempt,
} from '../../../../../../src/features/scaffolder/core';
import {
  formatRecord,
  type TemplateRecord,
} from '../../../../../../src/features/scaffolder/core/drift';
import { RunRecords } from '../../../../../../src/features/scaffolder/vscode/drift/projectDrift';
import type { RunLog } from '../../../../../../src/features/scaffolder/vscode/runs/attempts';
import { RunWriter } from '../../../../../../src/features/scaffolder/vscode/runs/runWriter';
import { InMemoryOutputFolder } from '../../../../../support/inMemoryOutputFolder';

const user = vi.hoisted(() => ({ wantsRecords: true, asked: [] as string[] }));

vi.mock('vscode', () => ({
  l10n: {
    t: (message: string, ...values: string[]) =>
      message.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? ''),
  },
  Uri: { from: (parts: object) => parts },
  workspace: {
    asRelativePath: () => 'shop',
    getConfiguration: () => ({ get: () => user.wantsRecords }),
  },
  window: {
    showWarningMessage(message: string, { detail }: { detail: string }) {
      user.asked.push(`${message} ${detail}`);
      return Promise.resolve(undefined);
    },
  },
}));

const folder = 'file:///work/shop';

const recordOf = (ref: string): TemplateRecord => ({
  template: {
    ref,
    source: undefined,
    path: undefined,
    commit: undefined,
    user: undefined,
    task: undefined,
    digest: `sha256:${'0'.repeat(64)}`,
  },
  values: {},
  unset: [],
  files: new Map(),
});

const fileOf = (path: string, text: string): TemplateFile => ({
  path,
  content: new TextEncoder().encode(text),
  isExecutable: false,
});

interface Written {
  readonly texts: unknown;
  /** The count in the message after the run. */
  readonly written: number | undefined;
  /** The count on the page of the run. */
  readonly onPage: number;
}

/** Writes into a project that has a record already. */
async function write(...files: readonly TemplateFile[]): Promise<Written> {
  const output = new InMemoryOutputFolder({
    [RECORD_PATH]: formatRecord(recordOf('template:default/before')),
  });
  const openOutput = (): Promise<InMemoryOutputFolder> => Promise.resolve(output);
  const run = { run: { files: new Map([['a.txt', {}]]) } } as unknown as RecordedRun;
  const records = new RunRecords({
    logger: silentLogger,
    openOutput,
    runOf: () => run,
    updates: { record: () => Promise.resolve(recordOf('template:default/service')) } as never,
  });
  const writer = new RunWriter({
    openDisk: openOutput,
    log: {} as RunLog,
    records: () => Promise.resolve(records),
  });
  const result: TemplateRunResult = { status: 'completed', steps: [], output: {}, files };
  let onPage = 0;
  const attempt = { setFiles: (made: readonly MadeFile[]) => (onPage = made.length) };
  const done = await writer.write(result, {
    folder,
    signal: new AbortController().signal,
    attempt: attempt as unknown as TaskAttempt,
  });
  return { texts: output.texts, written: done?.written, onPage };
}

beforeEach(() => {
  Object.assign(user, { wantsRecords: true, asked: [] });
});

it('counts files of several folders and the record, as the page of the run does', async () => {
  const { written, onPage } = await write(
    fileOf('a.txt', 'a'),
    fileOf('services/b/b.txt', 'b'),
    fileOf('docs/c.md', 'c'),
  );
  expect([written, onPage]).toEqual([4, 4]);
});

it('appends to the record of a project without asking', async () => {
  const { texts } = await write(fileOf('a.txt', 'a'));
  expect(user.asked).toEqual([]);
  expect(texts).toEqual({
    'a.txt': 'a',
    [RECORD_PATH]: [
      formatRecord(recordOf('template:default/before')),
      formatRecord(recordOf('template:default/service')),
    ].join('---\n'),
  });
});

it('asks before a template replaces a record by its own file', async () => {
  user.wantsRecords = false;
  const { texts } = await write(fileOf(RECORD_PATH, 'made up'));
  expect(user.asked).toEqual([
    `1 file in shop already exists with different content. ${RECORD_PATH}`,
  ]);
  expect(texts).toEqual({ [RECORD_PATH]: formatRecord(recordOf('template:default/before')) });
});
