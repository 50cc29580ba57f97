import { resolve } from 'node:path';
import { basenameUri, dirnameUri } from '../../../base';
import { openCatalog, readOptions } from '../../../cli/catalog/openCatalog';
import { pluginLayers } from '../../../cli/catalog/openPlugins';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { pathsRelativeTo } from '../../../cli/paths';
import type { Problem } from '../../../model';
import {
  decodeText,
  enclosingRepository,
  fileReason,
  FIXTURE_ENDINGS,
} from '../../../platform/core/files';
import { fileUriToPath, loadOutputs, pathToFileUri } from '../../../platform/node';
import { type CatalogEngine, openFileSelector } from '../../catalog/core';
import type { FixtureDeps, GoldenUpdate, TestOutcome } from '../core';
import { openPluginActions } from './pluginActions';
import { loadProvidedTemplates } from './providedTemplates';
import { prettyTests, testFormats, type TestReport } from './testFormats';

/** `callboard template test`: compares the output of templates with fixtures. */
export const runTemplateTest: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, fileSystem, cwd, signal } = context;
  const [path = '.'] = positionals;
  const uri = pathToFileUri(resolve(cwd, path));
  const stat = await fileSystem.stat(uri);
  if (!stat) throw new UsageError(`${path} doesn't exist`);
  const isFixture = stat.type === 'file';
  const folder = isFixture ? dirnameUri(uri) : uri;
  const fixtures = isFixture ? [uri] : await findFixtures(folder, context);
  const catalogs = new Map<string, Promise<CatalogEngine>>();
  const isUpdate = options.has('update');
  try {
    const run = await runFixtures(fixtures, { folder, catalogs, isUpdate }, context);
    if (signal.aborted) return exitCodes.interrupted;
    const report: TestReport = { ...run, folder: fileUriToPath(folder), cwd };
    const format = testFormats.get(options.get('format')?.at(-1) ?? '') ?? prettyTests;
    terminal.write(await format(report, context));
    const isGood =
      run.problems.length === 0 && run.outcomes.every(({ status }) => status === 'passed');
    return isGood ? exitCodes.ok : exitCodes.problems;
  } finally {
    terminal.showProgress(undefined);
    for (const catalog of await Promise.allSettled(catalogs.values())) {
      if (catalog.status === 'fulfilled') catalog.value.dispose();
    }
  }
};

/** URIs, sorted by path. */
async function findFixtures(folder: string, context: CommandContext): Promise<readonly string[]> {
  const { fileSystem, clock, signal } = context;
  const { exclude, filesExclude } = await readOptions([folder], context);
  const selector = await openFileSelector({
    root: folder,
    repository: await enclosingRepository(folder, fileSystem),
    fileSystem,
    options: {
      include: FIXTURE_ENDINGS.map(ending => `**/*${ending}`),
      exclude: [...exclude, ...filesExclude],
    },
  });
  const found: string[] = [];
  await selector.findFiles([folder], { signal, clock, onFile: uri => found.push(uri) });
  return found.sort();
}

interface RunOptions {
  /** URI of the searched folder. */
  readonly folder: string;
  /** Opened catalogs by folder. */
  readonly catalogs: Map<string, Promise<CatalogEngine>>;
  readonly isUpdate: boolean;
}

async function runFixtures(
  fixtures: readonly string[],
  { folder, catalogs, isUpdate }: RunOptions,
  context: CommandContext,
): Promise<Pick<TestReport, 'outcomes' | 'problems' | 'fixtures'>> {
  const { clock, signal, workers, terminal, cwd } = context;
  const { lookupIn, readFixture, runFixtureTest, TemplateEngine } = await import('../core');
  const roots = [...new Set([folder, pathToFileUri(cwd)])];
  const { templates, fileSystem, folderOf } = await loadProvidedTemplates(roots, context);
  // Catalogs of tests have entities of files only.
  const files = { ...context, startPlugin: undefined };
  const opened = await openPluginActions(roots, context);
  const deps: FixtureDeps = {
    fileSystem,
    clock,
    actions: opened.actions,
    described: (await pluginLayers(roots, context)).actions,
    async findProvided(ref) {
      const template = templates.find(one => one.ref === ref);
      return template && { template, folder: folderOf(template) };
    },
    signal,
    root: folder,
    engine: new TemplateEngine(workers?.pool),
    async openCatalog(uri) {
      let catalog = catalogs.get(uri);
      if (!catalog) catalogs.set(uri, (catalog = openCatalog([uri], files)));
      return lookupIn(await catalog);
    },
  };
  const outcomes: (TestOutcome & { readonly file: string })[] = [];
  const problems: Problem[] = [];
  try {
    for (const file of fixtures) {
      const reading = readFixture(await readText(file, context), file);
      problems.push(...reading.problems);
      for (const test of reading.fixture?.tests ?? []) {
        if (signal.aborted || !reading.fixture) break;
        terminal.showProgress(`Testing ${basenameUri(file)}: ${test.name}`);
        let outcome = await runFixtureTest(reading.fixture, test, deps);
        if (isUpdate && outcome.goldenUpdate) {
          await updateGolden(outcome.goldenUpdate, context);
          outcome = await runFixtureTest(reading.fixture, test, deps);
        }
        outcomes.push({ ...outcome, file });
      }
    }
    return { outcomes, problems, fixtures };
  } finally {
    opened.dispose();
  }
}

const MAX_FIXTURE_SIZE = 4 * 1024 * 1024;

async function readText(file: string, { fileSystem, cwd }: CommandContext): Promise<string> {
  const size = (await fileSystem.stat(file))?.size ?? 0;
  const path = pathsRelativeTo(cwd)(file);
  if (size > MAX_FIXTURE_SIZE) {
    throw new UsageError(`${path} is larger than ${MAX_FIXTURE_SIZE / 1024 / 1024} MB`);
  }
  try {
    return decodeText(await fileSystem.readFile(file));
  } catch (error) {
    throw new UsageError(`Can't read ${path}: ${fileReason(error)}`);
  }
}

/** Prints what it will do before it does it, because golden files may exist nowhere else. */
async function updateGolden(
  { root, folder, write, remove }: GoldenUpdate,
  { terminal, cwd, signal }: CommandContext,
): Promise<void> {
  const { NodeOutputFolder } = await loadOutputs();
  const shown = pathsRelativeTo(cwd)(`${root}/${folder}`);
  terminal.showProgress(undefined);
  terminal.writeError(
    printable(
      `Updating ${shown}: ${plural(write.size, 'file')} written, ${plural(remove.length, 'file')} removed`,
    ),
  );
  for (const path of write.keys()) terminal.writeError(printable(`  write  ${shown}/${path}`));
  for (const path of remove) terminal.writeError(printable(`  remove ${shown}/${path}`));
  // Relative to the fixture's folder, so that no symbolic link leads out of it.
  const output = new NodeOutputFolder(fileUriToPath(root));
  try {
    for (const path of remove) await output.remove(`${folder}/${path}`);
    for (const [path, { content, isExecutable }] of write) {
      signal.throwIfAborted();
      await output.write(`${folder}/${path}`, content, { isExecutable });
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new UsageError(`Can't write to ${shown}: ${fileReason(error)}`);
  }
}
