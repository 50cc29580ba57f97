import { expect, it, vi } from 'vitest';
import type { CatalogService, Problem, ProblemSource } from '../../../../../src/api';
import { EMPTY_RANGE, Emitter, silentLogger } from '../../../../../src/base';
import { ContributedProblems, createCatalogFacade } from '../../../../../src/features/plugins/core';
import type { SeveritySettings } from '../../../../../src/model';
import type { FileChange } from '../../../../../src/platform/core/ports';
import { ManualClock } from '../../../../support/manualClock';

const problem = (file: string, code = 'broken', entityRef?: string): Problem => ({
  code,
  severity: 'warning',
  message: `In ${file}`,
  file,
  document: undefined,
  range: EMPTY_RANGE,
  ...(entityRef !== undefined && { entityRef }),
});

const onLine = (line: number, code = 'broken'): Problem => ({
  ...problem('a', code),
  range: { start: { line, character: 0 }, end: { line, character: 1 } },
});

class Source implements ProblemSource {
  #changed = new Emitter<ReadonlySet<string>>();
  #problems = new Map<string, readonly Problem[]>();
  readonly asked: string[] = [];
  readonly onDidChangeProblems = this.#changed.event;

  getProblems(file: string): readonly Problem[] {
    this.asked.push(file);
    return this.#problems.get(file) ?? [];
  }

  set(file: string, ...problems: readonly Problem[]): this {
    this.#problems.set(file, problems);
    return this;
  }

  fire(...files: readonly string[]): void {
    this.#changed.fire(new Set(files));
  }

  async tell(file: string, ...problems: readonly Problem[]): Promise<void> {
    this.set(file, ...problems).fire(file);
    await settled();
  }
}

class Engine {
  options: { severities: SeveritySettings } = { severities: {} };
  files: string[] = [];
  readonly statusChanged = new Emitter<unknown>();
  readonly changed = new Emitter<{ entityRefs: ReadonlySet<string>; files: ReadonlySet<string> }>();
  readonly onDidChangeStatus = this.statusChanged.event;
  readonly onDidChange = this.changed.event;

  getFiles(): readonly { uri: string }[] {
    return this.files.map(uri => ({ uri }));
  }

  getEntitySource: CatalogService['getEntitySource'] = ref =>
    ref === 'api:default/a'
      ? { file: 'a', document: 0, nameRange: onLine(7).range, range: onLine(7).range }
      : undefined;

  getProblems({ file }: { file?: string } = {}): readonly Problem[] {
    return [problem('own')].filter(own => file === undefined || own.file === file);
  }
}

/** Waits for everything that doesn't depend on the clock. */
async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise(resolve => setTimeout(resolve, 0));
}

function withFacade() {
  const engine = new Engine();
  const texts = new Map<string, string>();
  const written = new Emitter<readonly FileChange[]>();
  const clock = new ManualClock();
  const logged: string[] = [];
  const problems = new ContributedProblems({
    engine,
    fileSystem: {
      async readFile(uri) {
        const text = texts.get(uri);
        if (text === undefined) throw new Error(`There is no ${uri}`);
        return new TextEncoder().encode(text);
      },
    },
    changes: [written.event],
    clock,
    logger: {
      ...silentLogger,
      error: (message, error) => logged.push(`${message}: ${(error as Error).message}`),
    },
    pluginOf: () => 'todo',
  });
  const facade = createCatalogFacade(engine as unknown as CatalogService, problems);
  const changes: string[] = [];
  facade.onDidChange(({ files }) => changes.push([...files].join()));
  const write = async (uri: string, text: string): Promise<void> => {
    texts.set(uri, text);
    written.fire([{ type: 'changed', uri }]);
    await settled();
  };
  const shown = (): readonly string[] =>
    problems.getProblems().map(({ code, severity }) => `${code} ${severity}`);
  return { engine, clock, problems, facade, changes, write, logged, shown };
}

it("merges with the catalog's problems, by file and entity", async () => {
  const { problems, facade, changes } = withFacade();
  const source = new Source();
  problems.addProblemSource(source);
  const a = problem('a', 'broken', 'api:default/a');
  const b = problem('b');
  await source.tell('a', a);
  await source.tell('b', b);
  expect(facade.getProblems()).toEqual([problem('own'), a, b]);
  expect(facade.getProblems({ file: 'a' })).toEqual([a]);
  expect(facade.getProblems({ file: 'own' })).toEqual([problem('own')]);
  expect(problems.getProblems({ entityRef: 'API:default/A' })).toEqual([a]);
  await source.tell('a');
  expect(facade.getProblems()).toEqual([problem('own'), b]);
  expect(changes).toEqual(['a', 'b', 'a']);
});

it('fires catalog changes while someone listens', async () => {
  const { engine, problems, facade } = withFacade();
  const source = new Source();
  problems.addProblemSource(source);
  const changes: string[] = [];
  const listening = facade.onDidChange(({ files }) => changes.push([...files].join()));
  engine.changed.fire({ entityRefs: new Set(), files: new Set(['own']) });
  await source.tell('a', problem('a'));
  listening.dispose();
  await source.tell('b', problem('b'));
  engine.changed.fire({ entityRefs: new Set(), files: new Set(['own']) });
  expect(changes).toEqual(['own', 'a']);
});

it('applies severity settings, also when they change', async () => {
  const { engine, problems, changes, shown } = withFacade();
  const source = new Source();
  problems.addProblemSource(source);
  await source.tell('a', problem('a'), problem('a', 'constructor'), problem('a', 'silly'));
  engine.options = { severities: { broken: 'error', silly: 'off' } };
  engine.statusChanged.fire('indexing');
  expect(shown()).toEqual(['broken error', 'constructor warning']);
  engine.statusChanged.fire('ready');
  expect(changes).toEqual(['a', 'a']);
});

it('removes the problems of a removed source', async () => {
  const { problems, changes, shown } = withFacade();
  const [one, other] = [new Source(), new Source()];
  const added = problems.addProblemSource(one);
  problems.addProblemSource(other);
  await one.tell('a', problem('a'));
  await other.tell('a', problem('a', 'other'));
  added.dispose();
  await one.tell('a', problem('a'));
  expect(shown()).toEqual(['other warning']);
  expect(changes).toEqual(['a', 'a', 'a']);
});

it('requests problems of every file, when added and on changes', async () => {
  const { engine, problems, shown } = withFacade();
  engine.files = ['a', 'b'];
  const source = new Source().set('a', problem('a')).set('c', problem('c', 'new'));
  problems.addProblemSource(source);
  await settled();
  expect(source.asked).toEqual(['a', 'b']);
  expect(shown()).toEqual(['broken warning']);
  engine.changed.fire({ entityRefs: new Set(), files: new Set(['b', 'c']) });
  await settled();
  expect(source.asked).toEqual(['a', 'b', 'b', 'c']);
  expect(shown()).toEqual(['broken warning', 'new warning']);
});

it('applies disable comments, also while typing', async () => {
  const { problems, changes, write, shown } = withFacade();
  await write('a', 'x: 1\n# callboard-disable-next-line broken\ny: 2\n');
  const source = new Source();
  problems.addProblemSource(source);
  await source.tell('a', onLine(0), onLine(2), onLine(2, 'other'));
  expect(shown()).toEqual(['broken warning', 'other warning']);
  await write('a', 'x: 1 # callboard-disable-line\n\ny: 2\n');
  expect(shown()).toEqual(['broken warning', 'other warning']);
  await write('a', 'x: 1 # callboard-disable-line\n\ny: 2 # callboard-disable-line other\n');
  expect(shown()).toEqual(['broken warning']);
  // Only changes by comments are reported.
  await write('a', 'x: 2 # callboard-disable-line\n\ny: 2 # callboard-disable-line other\n');
  expect(changes).toEqual(['a', 'a', 'a']);
});

it('keeps problems of a failing source and logs each cause once', async () => {
  const { clock, problems, logged, shown } = withFacade();
  const source = new Source();
  problems.addProblemSource(source);
  await source.tell('a', problem('a'));
  const getProblems = vi.spyOn(source, 'getProblems');
  const fail = (message: string): void => {
    getProblems.mockImplementation(() => {
      throw new Error(message);
    });
  };
  fail('No connection');
  source.fire('a', 'b');
  await settled();
  await clock.pass(1000);
  await settled();
  source.fire('a');
  await settled();
  fail('No password');
  source.fire('a');
  await settled();
  expect(shown()).toEqual(['broken warning']);
  expect(logged).toEqual([
    'Plugin "todo": getProblems() failed: No connection',
    'Plugin "todo": getProblems() failed: No password',
  ]);
  getProblems.mockReturnValue(Promise.resolve([]) as never);
  source.fire('a');
  await settled();
  expect(logged.at(-1)).toMatch(/must return an array/);
  getProblems.mockReturnValue([]);
  source.fire('a');
  await settled();
  expect(shown()).toEqual([]);
});

it('places problems without a range at their entity or file start', async () => {
  const { problems, shown, logged } = withFacade();
  const source = new Source();
  problems.addProblemSource(source);
  const cyclic: Record<string, unknown> = { code: 'x', message: 'x', range: { start: {} } };
  cyclic['related'] = [cyclic, { message: 'there', file: 'b', range: onLine(3).range }];
  await source.tell(
    'a',
    ...([
      { code: 'no-range', message: 'A' },
      { code: 'of-entity', message: 'A', entityRef: 'API:default/a', severity: 'fatal' },
      { ...problem('elsewhere'), suggestions: ['one', 2] },
      { code: 'no-message' },
      null,
      cyclic,
    ] as unknown as Problem[]),
  );
  expect(shown()).toEqual(['no-range warning', 'of-entity warning', 'broken warning', 'x warning']);
  const [first, second, third, last] = problems.getProblems({ file: 'a' });
  expect([first?.range, second?.range]).toEqual([EMPTY_RANGE, onLine(7).range]);
  expect([third?.file, third?.suggestions]).toEqual(['a', ['one']]);
  expect(last?.related).toEqual([{ message: 'there', file: 'b', range: onLine(3).range }]);
  expect(logged).toEqual([
    'Plugin "todo": getProblems() failed: A problem must have a code and a message',
  ]);
});

it('limits a source that never stops firing', async () => {
  const { clock, problems, shown } = withFacade();
  const flooding = new Source();
  vi.spyOn(flooding, 'getProblems').mockImplementation(() => {
    flooding.fire('a');
    return [];
  });
  const added = problems.addProblemSource(flooding);
  const quiet = new Source();
  problems.addProblemSource(quiet);
  for (let i = 0; i < 10_000; i++) flooding.fire('a');
  await quiet.tell('b', problem('b'));
  await clock.pass(1000, 100);
  expect(shown()).toEqual(['broken warning']);
  expect(vi.mocked(flooding.getProblems).mock.calls.length).toBeLessThan(15);
  added.dispose();
});

it('rejects an invalid source', () => {
  const { problems } = withFacade();
  expect(() => problems.addProblemSource({} as ProblemSource)).toThrow(/must have/);
});
