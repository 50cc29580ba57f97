import { resolve } from 'node:path';
import { isWithin } from '../../../base';
import { readBackstageSetup, reportSetupProblems } from '../../../cli/backstage';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import { catalogWithSources } from '../../../cli/catalog/catalogWithSources';
import { openSources } from '../../../cli/catalog/sources';
import { readWhere } from '../../../cli/catalog/wherePredicate';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { entitiesJson, type LocatedEntity } from '../../../cli/output/jsonOutput';
import { countProblems, describeCounts } from '../../../cli/output/problems';
import { pathsRelativeTo } from '../../../cli/paths';
import type { Entity } from '../../../model';
import { matchesPredicate } from '../../../model/predicates';
import { TimeSlicer } from '../../../platform/core';
import { pathToFileUri } from '../../../platform/node';
import { groupProblems, matchesFilter, parseEntityFilter } from '../core';
import { entityTable } from './entityTable';

/** `callboard entities`: lists entities. Exits with 0, whatever the problems. */
export const runEntities: RunCommand = async (parsed, given) => {
  const { positionals, options } = parsed;
  const context = options.has('no-cache') ? { ...given, cache: undefined } : given;
  const { terminal, fileSystem, clock, signal } = context;
  const filter = parseEntityFilter(options.get('filter') ?? []);
  if (!filter.ok) throw new UsageError(filter.error);
  const { value: wanted } = filter;
  const where = await readWhere(parsed, context);

  const [directory = '.'] = positionals;
  const folder = resolve(context.cwd, directory);
  const within = pathToFileUri(folder);
  const stat = await fileSystem.stat(within);
  if (stat?.type !== 'directory') {
    throw new UsageError(
      stat ? `${directory} isn't a folder` : `Folder ${directory} doesn't exist`,
    );
  }

  const backstage = await readBackstageSetup(parsed, context);
  const root = await catalogAround(within, context);
  // Entities of a Backstage or a source can be in any file.
  const isListed = (file: string | undefined): boolean =>
    backstage !== undefined ||
    file === undefined ||
    !isWithin(root, file) ||
    isWithin(within, file);
  const remote = await openSources(parsed, context, root);
  // Checking API definitions would take most of the time; only `validate` reports their problems.
  const reading = { backstage, reportsProblems: true, checksApis: false, saveAs: 'files' };
  // Uses what `validate` stored, but saves nothing: a first run stays as short as it is.
  const opened = await catalogWithSources([root], remote, reading);
  const { catalog } = opened;
  /** Yields the matching entities, each read on demand. */
  async function* listedEntities(
    read: (ref: string) => Promise<Entity | undefined>,
  ): AsyncGenerator<LocatedEntity, void> {
    for (const ref of catalog.getEntityRefs()) {
      const source = catalog.getEntitySource(ref);
      const entity = isListed(source?.file) ? await read(ref) : undefined;
      if (!entity || !matchesFilter(entity, wanted)) continue;
      if (where && !matchesPredicate(where, entity)) continue;
      yield { entity, source: source && { ...source, file: remote.addressOf(source.file) } };
    }
  }
  try {
    const listed = catalog.getProblems({ ungrouped: true }).filter(({ file }) => isListed(file));
    const problems = remote.withAddresses(groupProblems(listed));
    if (backstage) reportSetupProblems(problems, backstage, context);
    const show = pathsRelativeTo(folder);
    if (options.get('format')?.at(-1) === 'json') {
      const whole = listedEntities(ref => catalog.loadEntity(ref));
      for await (const chunk of entitiesJson(whole, problems, { show, signal, clock })) {
        terminal.write(chunk);
      }
      return exitCodes.ok;
    }
    const entities: LocatedEntity[] = [];
    const slices = new TimeSlicer(clock);
    for await (const located of listedEntities(async ref => catalog.getEntityByRef(ref))) {
      if (slices.isOver) await slices.pause();
      signal.throwIfAborted();
      entities.push(located);
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
