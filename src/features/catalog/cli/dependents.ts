import { resolve } from 'node:path';
import type { CatalogService, EntityDependent, EntityDependents } from '../../../api';
import { readBackstageSetup, reportSetupProblems } from '../../../cli/backstage';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import { catalogWithSources } from '../../../cli/catalog/catalogWithSources';
import { resolveEntity } from '../../../cli/catalog/resolveEntity';
import { openSources } from '../../../cli/catalog/sources';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { stringify } from '../../../cli/output/jsonOutput';
import { type Paint, printable } from '../../../cli/output/style';
import { tableLines } from '../../../cli/output/table';
import { pathsRelativeTo, type ShowPath } from '../../../cli/paths';
import { shortenEntityRef } from '../../../model';
import { dependentsSummary } from '../../../model/presentation';
import { pathToFileUri } from '../../../platform/node';
import { dependentsByOwner } from '../core/dependents';

/** `callboard dependents`: lists the entities that are affected if an entity stops. */
export const runDependents: RunCommand = async (parsed, context) => {
  const { positionals, options } = parsed;
  const { terminal, fileSystem, cwd, signal } = context;
  const [written, directory = '.'] = positionals;
  if (written === undefined)
    throw new UsageError('dependents needs an entity: callboard dependents REF');
  const depth = options.get('depth')?.at(-1);
  if (depth !== undefined && !/^[1-9]\d{0,8}$/.test(depth)) {
    throw new UsageError(`--depth must be a number from 1, not "${depth}"`);
  }
  const folder = resolve(cwd, directory);
  const within = pathToFileUri(folder);
  const stat = await fileSystem.stat(within);
  if (stat?.type !== 'directory') {
    throw new UsageError(
      stat ? `${directory} isn't a folder` : `Folder ${directory} doesn't exist`,
    );
  }
  const backstage = await readBackstageSetup(parsed, context);
  const root = await catalogAround(within, context);
  const remote = await openSources(parsed, context, root);
  const opened = await catalogWithSources([root], remote, { backstage });
  const { catalog } = opened;
  try {
    if (backstage) reportSetupProblems(catalog.getProblems(), backstage, context);
    const ref = resolveEntity(written, catalog);
    const dependents = await catalog.getDependents(ref, {
      signal,
      ...(depth !== undefined && { depth: Number(depth) }),
    });
    const showOwn = pathsRelativeTo(folder);
    const show = (uri: string): string => showOwn(remote.addressOf(uri));
    if (options.get('format')?.at(-1) === 'json') {
      terminal.write(dependentsJson(ref, dependents, { catalog, show }));
    } else {
      const { paint, width } = terminal;
      terminal.write(dependentsTable(ref, dependents, { catalog, show, paint, width }));
    }
    return exitCodes.ok;
  } finally {
    opened.dispose();
  }
};

interface Shown {
  readonly catalog: CatalogService;
  readonly show: ShowPath;
}

/** Formats one table per owner, below the number of entities and owners. */
function dependentsTable(
  ref: string,
  dependents: EntityDependents,
  {
    catalog,
    show,
    paint,
    width,
  }: Shown & { readonly paint: Paint; readonly width: number | undefined },
): string {
  if (dependents.entities.length === 0) return `Nothing depends on ${printable(ref)}\n`;
  const lines = [
    paint('bold', `Dependents of ${printable(ref)}: ${dependentsSummary(dependents)}`),
  ];
  for (const { ownerRef, dependents: ofOwner } of dependentsByOwner(dependents)) {
    const owner =
      ownerRef === undefined ? 'No owner' : shortenEntityRef(ownerRef, { defaultKind: 'group' });
    const column = (heading: string, cell: (of: EntityDependent) => string, keep?: 'end') => ({
      heading,
      keep,
      cells: ofOwner.map(dependent => printable(cell(dependent))),
    });
    const table = tableLines(
      [
        column('ENTITY', ({ entityRef }) => shortenEntityRef(entityRef)),
        column('RELATION', ({ relation, through }) => `${relation} ${shortenEntityRef(through)}`),
        column('FILE', ({ entityRef }) => placeOf(entityRef, { catalog, show }), 'end'),
      ],
      { paint, width },
    );
    lines.push('', paint('bold', `${printable(owner)} (${ofOwner.length})`), ...table);
  }
  return `${lines.join('\n')}\n`;
}

function dependentsJson(
  ref: string,
  { entities, owners }: EntityDependents,
  { catalog, show }: Shown,
): string {
  return stringify({
    entity: ref,
    dependents: entities.map(({ entityRef, distance, relation, through, ownerRefs }) => {
      const source = catalog.getEntitySource(entityRef);
      return {
        ref: entityRef,
        distance,
        relation,
        through,
        owners: ownerRefs,
        file: source ? show(source.file) : null,
        line: source ? source.nameRange.start.line + 1 : null,
      };
    }),
    owners: owners.map(({ ownerRef, entityRefs }) => ({
      owner: ownerRef ?? null,
      dependents: entityRefs,
    })),
  });
}

function placeOf(entityRef: string, { catalog, show }: Shown): string {
  const source = catalog.getEntitySource(entityRef);
  return source ? `${show(source.file)}:${source.nameRange.start.line + 1}` : '';
}
