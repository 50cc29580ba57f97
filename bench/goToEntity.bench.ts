import { silentLogger } from '../src/base';
import { CatalogEngine } from '../src/features/catalog/core';
import { EntitySearch } from '../src/features/search/core/entities';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../src/platform/node';
import { quantile } from './measuring';
import { cachedOrganization } from './organization';

/*
 * Time of a keystroke in Go to Entity…, on the thread of the extension host: until the rows are known,
 * and the longest time that the thread is blocked. The first opening builds the index. The floor is
 * one pass over the refs of all entities.
 */

const SLICE = 8;
const LIMIT = 200;
const QUERIES = ['payments api', 'component:default/s', 'orders', 'team-12', 'xqzy', 'pgt', 'e'];

interface Timing {
  readonly total: number;
  /** Processor time of all threads of the process, which doesn't depend on other load of the machine. */
  readonly cpu: number;
  readonly longest: number;
}

/** Runs work in slices of half a frame, as the picker does. */
async function timed<T>(work: Generator<void, T>): Promise<Timing & { value: T }> {
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  let sliceBegan = began;
  let longest = 0;
  for (;;) {
    const step = work.next();
    const now = performance.now();
    if (step.done || now - sliceBegan >= SLICE) {
      longest = Math.max(longest, now - sliceBegan);
      if (step.done) {
        const { user, system } = process.cpuUsage(cpuBefore);
        return { total: now - began, cpu: (user + system) / 1000, longest, value: step.value };
      }
      await new Promise(resolve => setTimeout(resolve, 0));
      sliceBegan = performance.now();
    }
  }
}

function line(name: string, timings: readonly Timing[]): void {
  const text = (pick: (timing: Timing) => number, share: number): string =>
    quantile(timings.map(pick), share).toFixed(1).padStart(8);
  const total = (timing: Timing): number => timing.total;
  const longest = (timing: Timing): number => timing.longest;
  const cpu = (timing: Timing): number => timing.cpu;
  console.log(
    `  ${name.padEnd(34)} median ${text(total, 0.5)} ms, p95 ${text(total, 0.95)} ms, CPU p95 ${text(cpu, 0.95)} ms, held p95 ${text(longest, 0.95)} ms, at most ${text(longest, 1)} ms`,
  );
}

async function measure(entities: number): Promise<void> {
  const { folder } = cachedOrganization({ entities, decoys: 0 });
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
  });
  engine.setRoots([{ uri: pathToFileUri(folder), name: 'bench' }]);
  await engine.refresh();
  const count = engine.getEntityRefs().length;
  console.log(`Go to Entity… in a catalog of ${count} entities`);
  const search = new EntitySearch(engine);
  line('the first opening', [await timed(search.search({ query: '', limit: LIMIT }))]);
  line('titles, owners and the rest', [await timed(search.read())]);
  const opening: Timing[] = [];
  const keystrokes: Timing[] = [];
  const rows: Timing[] = [];
  for (let round = 0; round < 5; round++) {
    opening.push(await timed(search.search({ query: '', limit: LIMIT })));
    for (const query of QUERIES) {
      for (let end = 1; end <= query.length; end++) {
        const found = await timed(search.search({ query: query.slice(0, end), limit: LIMIT }));
        keystrokes.push(found);
        const began = performance.now();
        for (const ref of found.value) engine.getEntityByRef(ref);
        const total = performance.now() - began;
        rows.push({ total, cpu: total, longest: total });
      }
      // As if the user starts over.
      await timed(search.search({ query: '', limit: LIMIT }));
    }
  }
  line('opening it again', opening);
  line('a keystroke', keystrokes);
  line(`the entities of ${LIMIT} rows`, rows);
  const texts = engine.getEntityRefs();
  const began = performance.now();
  for (let round = 0; round < 20; round++) texts.filter(text => text.includes('orders'));
  console.log(
    `  the floor: all refs looked through  ${((performance.now() - began) / 20).toFixed(1)} ms`,
  );
  search.dispose();
  engine.dispose();
}

async function main(): Promise<void> {
  for (const entities of [10_000, 100_000]) await measure(entities);
}

void main();
