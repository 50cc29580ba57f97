import { resolve } from 'node:path';
import { isWithin } from '../../../base';
import { readBackstageSetup, reportSetupProblems } from '../../../cli/backstage';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import { catalogWithSources } from '../../../cli/catalog/catalogWithSources';
import { openSources } from '../../../cli/catalog/sources';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { entitiesJson, type LocatedEntity } from '../../../cli/output/jsonOutput';
import { countProblems, describeCounts } from '../../../cli/output/problems';
import { pathsRelativeTo } from '../../../cli/paths';
import { stringifyEntityRef } from '../../../model';
import { Slices } from '../../../platform/core';
import { pathToFileUri } from '../../../platform/node';
import { groupProblems, matchesFilter, parseEntityFilter } from '../core';
import { entityTable } from './entityTable';

/** `callboard entities`: exits with 0 when it could print, whatever the problems. */
export const runEntities: RunCommand = async (parsed, context) => {
  const { positionals, options } = parsed;
  const { terminal, fileSystem, signal } = context;
  const filter = parseEntityFilter(options.get('filter') ?? []);
  if (!filter.ok) throw new UsageError(filter.error);

  const [directory = '.'] = positionals;
  const folder = resolve(context.cwd, directory);
  const within = pathToFileUri(folder);
  const stat = await fileSystem.stat(within);
  if (stat?.type !== 'directory') {
    throw new UsageError(stat ? `${directory} is not a folder` : `There is no folder ${directory}`);
  }

  const backstage = await readBackstageSetup(parsed, context);
  const root = await catalogAround(within, context);
  // Entities of a Backstage or a source can be anywhere.
  const isListed = (file: string | undefined): boolean =>
    backstage !== undefined ||
    file === undefined ||
    !isWithin(root, file) ||
    isWithin(within, file);
  const remote = await openSources(parsed, context, root);
  const isJson = options.get('format')?.at(-1) === 'json';
  // Checking API definitions takes most of the time, and the table has no room for their problems.
  const reading = { backstage, isJudged: true, checksApis: isJson };
  const opened = await catalogWithSources([root], remote, reading);
  const { catalog } = opened;
  try {
    const slices = new Slices();
    const entities: LocatedEntity[] = [];
    for (const ref of catalog.getEntityRefs()) {
      if (slices.isOver) await slices.pause();
      signal.throwIfAborted();
      const source = catalog.getEntitySource(ref);
      const entity = isListed(source?.file) ? catalog.getEntityByRef(ref) : undefined;
      if (!entity || !matchesFilter(entity, filter.value)) continue;
      const located = source && { ...source, file: remote.addressOf(source.file) };
      entities.push({ entity, source: located });
    }
    const listed = catalog.getProblems({ ungrouped: true }).filter(({ file }) => isListed(file));
    const problems = remote.withAddresses(groupProblems(listed));
    if (backstage) reportSetupProblems(problems, backstage, context);
    const show = pathsRelativeTo(folder);
    if (isJson) {
      const whole: LocatedEntity[] = [];
      for (const { entity, source } of entities) {
        if (slices.isOver) await slices.pause();
        signal.throwIfAborted();
        whole.push({
          entity: (await catalog.loadEntity(stringifyEntityRef(entity))) ?? entity,
          source,
        });
      }
      terminal.write(await entitiesJson(whole, problems, { show, signal }));
      return exitCodes.ok;
    }
    const { paint, width } = terminal;
    terminal.write(entityTable(entities, { show, paint, width }));
    const counts = countProblems(problems);
    if (counts.error + counts.warning > 0) {
      terminal.writeError(
        `${describeCounts(counts)} (API definitions not checked): run callboard validate to see them`,
      );
    }
    return exitCodes.ok;
  } finally {
    opened.dispose();
  }
};
