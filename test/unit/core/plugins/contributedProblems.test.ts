import { expect, it } from 'vitest';
import type { CatalogService, Problem, ProblemSource } from '../../../../src/api';
import { EMPTY_RANGE, Emitter } from '../../../../src/base';
import type { SeveritySettings } from '../../../../src/core/catalog';
import { ContributedProblems, createCatalogFacade } from '../../../../src/core/plugins';

const problem = (file: string, code = 'broken', entityRef?: string): Problem => ({
  ...{ code, severity: 'warning', message: `In ${file}`, file, document: undefined },
  range: EMPTY_RANGE,
  ...(entityRef !== undefined && { entityRef }),
});

class Source implements ProblemSource {
  #changed = new Emitter<ReadonlySet<string>>();
  #problems = new Map<string, readonly Problem[]>();
  readonly onDidChangeProblems = this.#changed.event;

  getProblems(file: string): readonly Problem[] {
    return this.#problems.get(file) ?? [];
  }

  tell(file: string, ...problems: readonly Problem[]): void {
    this.#problems.set(file, problems);
    this.#changed.fire(new Set([file]));
  }
}

class Engine {
  options: { severities: SeveritySettings } = { severities: {} };
  readonly statusChanged = new Emitter<unknown>();
  readonly changed = new Emitter<{ entityRefs: ReadonlySet<string>; files: ReadonlySet<string> }>();
  readonly onDidChangeStatus = this.statusChanged.event;
  readonly onDidChange = this.changed.event;

  getProblems({ file }: { file?: string } = {}): readonly Problem[] {
    return [problem('own')].filter(own => file === undefined || own.file === file);
  }
}

function withFacade(): {
  engine: Engine;
  problems: ContributedProblems;
  facade: CatalogService;
  changes: string[];
} {
  const engine = new Engine();
  const problems = new ContributedProblems(engine);
  const facade = createCatalogFacade(engine as unknown as CatalogService, problems);
  const changes: string[] = [];
  facade.onDidChange(({ files }) => changes.push([...files].join()));
  return { engine, problems, facade, changes };
}

it('are among those of the catalog, by file and by entity', () => {
  const { problems, facade, changes } = withFacade();
  const source = new Source();
  problems.addProblemSource(source);
  const a = problem('a', 'broken', 'api:default/a');
  const b = problem('b');
  source.tell('a', a);
  source.tell('b', b);
  expect(facade.getProblems()).toEqual([problem('own'), a, b]);
  expect(facade.getProblems({ file: 'a' })).toEqual([a]);
  expect(facade.getProblems({ file: 'own' })).toEqual([problem('own')]);
  expect(problems.getProblems({ entityRef: 'API:default/A' })).toEqual([a]);
  source.tell('a');
  expect(facade.getProblems()).toEqual([problem('own'), b]);
  expect(changes).toEqual(['a', 'b', 'a']);
});

it('are told with the changes of the catalog, as long as somebody listens', () => {
  const { engine, problems, facade } = withFacade();
  const source = new Source();
  problems.addProblemSource(source);
  const changes: string[] = [];
  const listening = facade.onDidChange(({ files }) => changes.push([...files].join()));
  engine.changed.fire({ entityRefs: new Set(), files: new Set(['own']) });
  source.tell('a', problem('a'));
  listening.dispose();
  source.tell('b', problem('b'));
  engine.changed.fire({ entityRefs: new Set(), files: new Set(['own']) });
  expect(changes).toEqual(['own', 'a']);
});

it('have the severities of the user, also those that come later', () => {
  const { engine, problems, changes } = withFacade();
  const source = new Source();
  problems.addProblemSource(source);
  source.tell('a', problem('a'), problem('a', 'constructor'), problem('a', 'silly'));
  engine.options = { severities: { broken: 'error', silly: 'off' } };
  engine.statusChanged.fire('indexing');
  expect(problems.getProblems().map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'broken error',
    'constructor warning',
  ]);
  engine.statusChanged.fire('ready');
  expect(changes).toEqual(['a', 'a']);
});

it('go with who told of them', () => {
  const { problems, changes } = withFacade();
  const [one, other] = [new Source(), new Source()];
  const added = problems.addProblemSource(one);
  problems.addProblemSource(other);
  one.tell('a', problem('a'));
  other.tell('a', problem('a', 'other'));
  added.dispose();
  one.tell('a', problem('a'));
  expect(problems.getProblems().map(({ code }) => code)).toEqual(['other']);
  expect(changes).toEqual(['a', 'a', 'a']);
});
