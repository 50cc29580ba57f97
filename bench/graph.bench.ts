import type { GraphQuery } from '../src/api';
import { english } from '../src/base';
import { EntityGraphs } from '../src/features/catalog/core/pages';
import { RelationPairs } from '../src/model';
import { describe, longestBlock, open, print, quantile, timed } from './measuring';
import { cachedOrganization } from './organization';

/* How long the host works on a graph, and how long it holds its thread meanwhile. */

const ROUNDS = 9;
const software = ['component', 'api', 'resource', 'system', 'domain'];

function queries(root: string): Readonly<Record<string, GraphQuery>> {
  return {
    'around an entity, depth 1': { rootRefs: [root], depth: 1 },
    'around an entity, depth 3': { rootRefs: [root], depth: 3 },
    'the whole catalog': {},
    'software alone, with implied edges': { kinds: software, implied: true },
    'rolled up by system': { kinds: software, rollUp: 'system' },
    'rolled up by owner': { rollUp: 'owner' },
    'dependents of an entity': { rootRefs: [root], dependents: true },
  };
}

async function main(): Promise<void> {
  const sizes: { entities: number; decoys?: number }[] = [
    { entities: 1000, decoys: 0 },
    { entities: 10_000, decoys: 0 },
  ];
  for (const size of sizes) {
    const organization = cachedOrganization(size);
    console.log(describe(organization));
    const { engine, close } = open(organization.folder);
    await engine.refresh();
    const relationPairs = (): RelationPairs => new RelationPairs();
    const graphs = new EntityGraphs({ catalog: engine, relationPairs, translate: english });
    const root = engine.getEntityRefs().find(ref => ref.startsWith('resource:')) ?? '';
    for (const [what, query] of Object.entries(queries(root))) {
      const { signal } = new AbortController();
      const get = async (): Promise<void> => void (await graphs.getGraph(query, signal));
      const { nodes, edges } = await graphs.getGraph(query, signal);
      const times: number[] = [];
      const blocks: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        times.push(await timed(get));
        blocks.push(await longestBlock(get));
      }
      const size = `${nodes.length} nodes, ${edges.length} edges`;
      print(`${what} (${size})`, quantile(times, 0.5));
      print('  longest block', quantile(blocks, 0.5));
    }
    close();
  }
}

void main();
