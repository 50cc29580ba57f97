import type { SearchCollator, SearchDocument } from '../src/api';
import { loadEntityCollators } from '../src/features/catalog/plugin';
import { loadTemplatesCollator } from '../src/features/scaffolder/plugin';
import { runInSlices } from '../src/platform/core';
import { describe, longestBlock, open, quantile } from './measuring';
import { cachedOrganization } from './organization';

/*
 * Cost of creating search documents of all entities, in slices on the thread of the extension host: total time,
 * processor time (which doesn't depend on other load of the machine), longest block of the thread, and size of a
 * document as JSON. The floor is getting each entity from the catalog, which unpacks them the first time.
 */

const ENTITIES = 10_000;
const ROUNDS = 5;
const { signal } = new AbortController();

function* eachOf<T>(refs: readonly string[], look: (ref: string) => T): Generator<void, T[]> {
  const seen: T[] = [];
  for (const ref of refs) {
    seen.push(look(ref));
    yield;
  }
  return seen;
}

async function measure<T>(
  name: string,
  refs: readonly string[],
  look: (ref: string) => T,
): Promise<readonly T[]> {
  const times: number[] = [];
  const blocks: number[] = [];
  const work: number[] = [];
  let seen: readonly T[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const before = process.cpuUsage();
    const block = await longestBlock(async () => {
      seen = (await runInSlices(eachOf(refs, look))) ?? [];
    });
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    work.push((user + system) / 1000);
    blocks.push(block);
  }
  const middle = (values: readonly number[]): string => quantile(values, 0.5).toFixed(0);
  console.log(
    `  ${name}: ${refs.length} in ${middle(times)} ms, at first ${times[0]?.toFixed(0)} ms; ` +
      `at work ${middle(work)} ms, the thread held for ${middle(blocks)} ms at most`,
  );
  return seen;
}

async function main(): Promise<void> {
  const organization = cachedOrganization({ entities: ENTITIES });
  console.log(describe(organization));
  const { engine: catalog, close } = open(organization.folder);
  await catalog.refresh();
  await measure('entities alone', catalog.getEntityRefs(), ref => catalog.getEntityByRef(ref));
  const collators: readonly SearchCollator[] = [
    ...(await loadEntityCollators(catalog)),
    await loadTemplatesCollator({ catalog }),
  ];
  for (const collator of collators) {
    const sources = (await collator.getSources(signal)).map(({ id }) => id);
    const made = await measure(collator.id, sources, ref => collator.collate(ref, signal));
    const documents: SearchDocument[] = [];
    for (const one of made) documents.push(...(await one));
    const bytes = documents.reduce((sum, one) => sum + JSON.stringify(one).length, 0);
    console.log(`    ${Math.round(bytes / documents.length)} bytes of JSON each`);
  }
  close();
}

void main();
