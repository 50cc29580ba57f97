import { resolve } from 'node:path';
import type { CatalogService } from '../../../api';
import { readBackstageSetup, reportSetupProblems } from '../../../cli/backstage';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import { catalogWithSources } from '../../../cli/catalog/catalogWithSources';
import { readOptions } from '../../../cli/catalog/openCatalog';
import { resolveEntity } from '../../../cli/catalog/resolveEntity';
import { openSources } from '../../../cli/catalog/sources';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { stringify } from '../../../cli/output/jsonOutput';
import { pathsRelativeTo, type ShowPath } from '../../../cli/paths';
import type { RelationPairs } from '../../../model';
import { pathToFileUri } from '../../../platform/node';
import {
  graphDot,
  type GraphDirection,
  graphMermaid,
  type Neighbourhood,
  neighbourhood,
} from '../core/graphExport';

const graphDirections: readonly GraphDirection[] = ['both', 'out', 'in'];

/** `callboard graph`: draws the neighborhood of an entity. */
export const runGraph: RunCommand = async (parsed, context) => {
  const { positionals, options } = parsed;
  const { terminal, fileSystem, cwd } = context;
  const [written, directory = '.'] = positionals;
  if (written === undefined) throw new UsageError('graph needs an entity: callboard graph REF');
  const depth = options.get('depth')?.at(-1) ?? '1';
  if (!/^\d{1,9}$/.test(depth)) {
    throw new UsageError(`--depth must be a number from 0, not "${depth}"`);
  }
  const directionName = options.get('direction')?.at(-1);
  const direction = graphDirections.find(name => name === directionName) ?? 'both';
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
  const catalogOptions = await readOptions([root], context);
  const remote = await openSources(parsed, context, root);
  const opened = await catalogWithSources([root], remote, { options: catalogOptions, backstage });
  const { catalog } = opened;
  const showOwn = pathsRelativeTo(folder);
  const show = (uri: string): string => showOwn(remote.addressOf(uri));
  try {
    if (backstage) reportSetupProblems(catalog.getProblems(), backstage, context);
    const pairs = catalog.relationPairs;
    const graph = neighbourhood(catalog, resolveEntity(written, catalog), {
      pairs,
      depth: Number(depth),
      direction,
      types: options
        .get('relations')
        ?.flatMap(list => list.split(',').map(type => knownType(type.trim(), pairs, catalog))),
    });
    switch (options.get('format')?.at(-1)) {
      case 'json':
        terminal.write(graphJson(graph, { pairs, catalog, show, direction }));
        break;
      case 'dot':
        terminal.write(graphDot(graph));
        break;
      default:
        terminal.write(graphMermaid(graph));
    }
    return exitCodes.ok;
  } finally {
    opened.dispose();
  }
};

/**
 * Validates a relation type, because an unknown one would draw an empty graph.
 *
 * @throws UsageError
 */
function knownType(type: string, pairs: RelationPairs, catalog: CatalogService): string {
  if (pairs.inverseOf(type) !== undefined) return type;
  const types = new Set(
    catalog.getEntities().flatMap(({ relations = [] }) => relations.map(relation => relation.type)),
  );
  if (types.has(type)) return type;
  throw new UsageError(
    `Unknown relation "${type}". Available: ${[...new Set([...pairs.types(), ...types])].join(', ')}`,
  );
}

function graphJson(
  { center, nodes, edges }: Neighbourhood,
  {
    pairs,
    catalog,
    show,
    direction,
  }: {
    pairs: RelationPairs;
    catalog: CatalogService;
    show: ShowPath;
    direction: GraphDirection;
  },
): string {
  return stringify({
    center,
    direction,
    nodes: nodes.map(({ ref, entity, distance }) => {
      const source = catalog.getEntitySource(ref);
      const title = entity?.metadata['title'];
      return {
        ref,
        title: typeof title === 'string' ? title : null,
        isMissing: !entity,
        distance,
        file: source ? show(source.file) : null,
        line: source ? source.nameRange.start.line + 1 : null,
      };
    }),
    edges: edges.map(({ source, type, target }) => ({
      source,
      type,
      target,
      inverse: pairs.inverseOf(type) ?? null,
    })),
  });
}
