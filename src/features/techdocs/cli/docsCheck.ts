import { resolve } from 'node:path';
import { dirnameUri, isWithin } from '../../../base';
import { openCatalog } from '../../../cli/catalog/openCatalog';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { namedGenerator, namedTechDocsCore } from '../../../cli/docsGenerator';
import { namedEnvironment } from '../../../cli/namedEnvironment';
import { countProblems } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { terminalLogger } from '../../../cli/terminal';
import type { Problem } from '../../../model';
import { readableText } from '../../../platform/core/files';
import type { Environment, FileSystem } from '../../../platform/core/ports';
import { fileUriToPath, pathToFileUri } from '../../../platform/node';
import type { CatalogEngine } from '../../catalog/core';
import { ownProblems } from '../../catalog/core/shared';
import {
  DocsChecker,
  type ReadGeneratorOptions,
  type TechDocsCoreVersion,
  TechDocsSites,
} from '../core';
import { docsFormats, prettyDocs } from './docsFormats';

/**
 * `callboard docs check`: reports problems of the sites of a folder, as MkDocs and TechDocs would.
 */
export const runDocsCheck: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, fileSystem, cwd } = context;
  const [path = '.'] = positionals;
  const uri = pathToFileUri(resolve(cwd, path));
  const stat = await fileSystem.stat(uri);
  if (!stat) throw new UsageError(`${path} doesn't exist`);
  const isConfig = stat.type === 'file';
  if (isConfig && !/\/mkdocs\.ya?ml$/.test(uri))
    throw new UsageError(`${path} is not a mkdocs.yml`);
  const folder = isConfig ? dirnameUri(uri) : uri;
  const catalog = await openCatalog([folder], context);
  try {
    const found = await checkSites(
      catalog,
      {
        ...context,
        environment: namedEnvironment(options, context),
        generator: await namedGenerator(folder, options, context),
        techDocsCore: await namedTechDocsCore(folder, options, context),
      },
      config => !isConfig || config === uri,
    );
    const problems = await applySettings(found.problems, catalog, fileSystem);
    const format = docsFormats.get(options.get('format')?.at(-1) ?? '') ?? prettyDocs;
    const { sites, pages } = found;
    const report = { problems, sites, pages, folder: fileUriToPath(folder), cwd };
    terminal.write(format(report, context));
    if (countProblems(problems).error > 0) return exitCodes.problems;
    const isStrict = ({ code, file }: Problem): boolean =>
      options.has('strict') ||
      // MkDocs doesn't see what TechDocs removed.
      (code !== 'docs-config-removed' &&
        found.strictFolders.some(strict => isWithin(strict, file ?? '')));
    return countProblems(problems.filter(isStrict)).warning > 0 ? exitCodes.problems : exitCodes.ok;
  } finally {
    catalog.dispose();
  }
};

interface Found {
  readonly problems: readonly Problem[];
  readonly sites: number;
  readonly pages: number;
  /** URIs of folders whose sites fail in MkDocs on warnings. */
  readonly strictFolders: readonly string[];
}

async function checkSites(
  catalog: CatalogEngine,
  {
    fileSystem,
    clock,
    terminal,
    signal,
    environment,
    generator,
    techDocsCore,
  }: CommandContext & {
    readonly environment: Environment;
    readonly generator: ReadGeneratorOptions | undefined;
    readonly techDocsCore: () => TechDocsCoreVersion | undefined;
  },
  isWanted: (config: string | undefined) => boolean,
): Promise<Found> {
  const sites = new TechDocsSites({
    fileSystem,
    clock,
    catalog,
    environment: () => environment,
    generator,
    techDocsCore,
    logger: terminalLogger(terminal),
  });
  const isCatalog = catalog.getEntityRefs().length > 0;
  const checker = new DocsChecker({
    fileSystem,
    clock,
    ...(isCatalog && { hasEntity: ref => catalog.getEntityByRef(ref) !== undefined }),
  });
  const problems = new Map<string, Problem>();
  const strictFolders: string[] = [];
  let [count, pages] = [0, 0];
  try {
    const found = await sites.getSites({ signal });
    // A README alone isn't a site, and its links lead into the repository.
    const wanted = found.filter(({ origin, config }) => origin !== 'readme' && isWanted(config));
    for (const [done, { id, folder }] of wanted.entries()) {
      signal.throwIfAborted();
      terminal.showProgress(`Checking docs: ${done}/${wanted.length}`);
      const site = await sites.build(id, { signal });
      if (!site) continue;
      count++;
      pages += site.content.pages.length;
      if (site.config.isStrict) strictFolders.push(folder);
      const own = await checker.check(site, {
        signal,
        onPage: () =>
          terminal.showProgress(
            `Checking docs: ${done}/${wanted.length}, ${printable(site.content.site.name)}`,
          ),
      });
      for (const problem of site.content.problems) {
        problems.set(`${placeOf(problem)}\n${problem.message}`, problem);
      }
      for (const problem of own) {
        // A page can be part of several sites, under different paths.
        const key = placeOf(problem);
        if (!problems.has(key)) problems.set(key, problem);
      }
    }
  } finally {
    terminal.showProgress(undefined);
    sites.dispose();
  }
  return { problems: [...problems.values()], sites: count, pages, strictFolders };
}

function placeOf({ code, file, range: { start } }: Problem): string {
  return [code, file, start.line, start.character].join('\n');
}

/** Applies severities from settings, and removes problems that comments turn off. */
async function applySettings(
  problems: readonly Problem[],
  catalog: CatalogEngine,
  fileSystem: FileSystem,
): Promise<readonly Problem[]> {
  const { severities } = catalog.options;
  const byFile = new Map<string | undefined, Problem[]>();
  for (const problem of problems) {
    const ofFile = byFile.get(problem.file);
    if (ofFile) ofFile.push(problem);
    else byFile.set(problem.file, [problem]);
  }
  const wanted: Problem[] = [];
  for (const [file, ofFile] of byFile) {
    const text = file === undefined ? '' : ((await readableText(file, fileSystem)) ?? '');
    wanted.push(...ownProblems(ofFile, { text, found: [], severities }));
  }
  return wanted;
}
