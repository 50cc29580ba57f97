import type {
  ScaffolderAction,
  TemplateTestFailure,
  TemplateTestFile,
  TemplateTestResult,
} from '../../../api';
import { basenameUri, dirnameUri, type Logger } from '../../../base';
import { isBinary } from '../../../platform/core/binary';
import { decodeText } from '../../../platform/core/files';
import type { Clock, FileSystem, WorkerPool } from '../../../platform/core/ports';
import { CatalogEngine } from '../../catalog/core';
import type { DescribedAction } from '../../plugins/core';
import { lookupIn } from './actions/catalogActions';
import type { Difference } from './fixtures/fixture';
import type { GoldenUpdate } from './fixtures/golden';
import { type FixtureReading, readFixture } from './fixtures/readFixture';
import { runFixtureTest, type TestedTemplate, type TestOutcome } from './fixtures/runFixture';
import { TemplateEngine } from './rendering/templateEngine';

export interface TemplateTestsDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workers: WorkerPool;
  /** Actions that plugins contribute. */
  readonly contributed: () => Iterable<ScaffolderAction>;
  /** Actions that plugins describe. Those without an implementation are skipped. */
  readonly described: () => readonly DescribedAction[];
  /** Finds the Template of a plugin by its ref. */
  readonly findProvided: (ref: string) => Promise<TestedTemplate | undefined>;
}

/** Tests of templates for an editor. */
export class TemplateTests {
  readonly #deps: TemplateTestsDeps;
  readonly #engine: TemplateEngine;

  constructor(deps: TemplateTestsDeps) {
    this.#deps = deps;
    this.#engine = new TemplateEngine(deps.workers);
  }

  async readTests(file: string): Promise<TemplateTestFile> {
    const { fixture, problems } = await this.#read(file);
    const tests = fixture?.tests.map(({ name, range }) => ({ name, range })) ?? [];
    return { tests, problems };
  }

  async runTest(
    file: string,
    name: string,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<TemplateTestResult> {
    const { status, failures, log, duration, goldenUpdate } = await this.#run(file, name, signal);
    return {
      status,
      duration,
      failures: failures.map(({ message, range, difference }): TemplateTestFailure => ({
        message,
        file,
        range,
        difference: difference && textsOf(difference),
      })),
      log: log.map(({ message }) => message),
      canAccept: goldenUpdate !== undefined,
    };
  }

  /** Changes that make the test pass, if there are any. */
  async findGoldenUpdate(
    file: string,
    name: string,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<GoldenUpdate | undefined> {
    return (await this.#run(file, name, signal)).goldenUpdate;
  }

  async #run(file: string, name: string, signal: AbortSignal): Promise<TestOutcome> {
    const { fileSystem, clock, contributed, described, findProvided } = this.#deps;
    const { fixture } = await this.#read(file);
    const test = fixture?.tests.find(one => one.name === name);
    if (!fixture || !test) throw new Error(`There is no test ${name} in ${basenameUri(file)}`);
    const catalogs: CatalogEngine[] = [];
    try {
      return await runFixtureTest(fixture, test, {
        fileSystem,
        clock,
        signal,
        engine: this.#engine,
        root: dirnameUri(file),
        actions: [...contributed()],
        described: described(),
        findProvided,
        openCatalog: async folder => {
          const catalog = await this.#openCatalog(folder, signal);
          catalogs.push(catalog);
          return lookupIn(catalog);
        },
      });
    } finally {
      for (const catalog of catalogs) catalog.dispose();
    }
  }

  async #openCatalog(folder: string, signal: AbortSignal): Promise<CatalogEngine> {
    const { fileSystem, clock, logger } = this.#deps;
    const catalog = new CatalogEngine({ fileSystem, clock, logger });
    catalog.setRoots([{ uri: folder, name: basenameUri(folder) }]);
    await catalog.refresh({ signal });
    return catalog;
  }

  async #read(file: string): Promise<FixtureReading> {
    return readFixture(decodeText(await this.#deps.fileSystem.readFile(file)), file);
  }
}

/** Undefined if either side is binary. */
function textsOf({ expected, actual }: Difference): TemplateTestFailure['difference'] {
  const sides = [expected, actual].map(side => side ?? new Uint8Array());
  if (sides.some(isBinary)) return undefined;
  const [before = '', after = ''] = sides.map(decodeText);
  return { expected: before, actual: after };
}
