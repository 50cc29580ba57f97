import { execFileSync } from 'node:child_process';
import { DefaultSearchIndex } from '../src/features/search/core';
import { quantile } from './measuring';
import { inUse, settled } from './ownProcess';
import { searchedSources, type SearchedSize } from './searchDocuments';
import {
  callboard,
  findIn,
  floor,
  fuseAlone,
  microFuzzy,
  miniSearch,
  openIndex,
  type SearchPeer,
} from './searchPeers';

/*
 * Time of a keystroke in Search…, on the thread of the index: every prefix of some queries is searched once, as while
 * typing, after a warm-up round. Processor time doesn't depend on other load of the machine. Also measures building the
 * index, storing it, and its memory, in a separate process.
 */

const TYPED = [
  'payment gateway',
  'paymnt gatway',
  'orders',
  'harbor-fleet',
  'xqzy',
  'booking cargo customs',
  'invoise leger',
];
const ROUNDS = 5;
/** Number of rounds of slow measurements. */
const PEER_ROUNDS = 1;
const CHILD = 'measure-memory';

interface Times {
  readonly wall: number;
  readonly cpu: number;
}

function timed(run: () => void): Times {
  const began = performance.now();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - began, cpu: (user + system) / 1000 };
}

function line(name: string, times: readonly Times[]): void {
  const text = (pick: (times: Times) => number, share: number): string =>
    quantile(times.map(pick), share).toFixed(1).padStart(7);
  const wall = (times: Times): number => times.wall;
  const cpu = (times: Times): number => times.cpu;
  console.log(
    `    ${name.padEnd(42)} median ${text(wall, 0.5)} ms, p95 ${text(wall, 0.95)} ms; processor ${text(cpu, 0.5)} ms, ${text(cpu, 0.95)} ms`,
  );
}

function measure(size: SearchedSize, peers: readonly SearchPeer[]): void {
  const sources = searchedSources(size);
  const documents = sources.reduce((sum, source) => sum + source.documents.length, 0);
  console.log(`  ${size.entities} entities, ${documents - size.entities} sections of docs`);
  const keystrokes: (() => void)[] = [];
  for (const peer of peers) {
    const { name, open } = peer;
    const isQuick = peer === callboard || peer === floor;
    let find: ((query: string) => number) | undefined;
    line(`${name}: made`, [timed(() => (find = open(sources).find))]);
    keystrokes.push(() => {
      const times: Times[] = [];
      const rounds = isQuick ? ROUNDS : PEER_ROUNDS;
      for (let round = 0; round <= rounds; round++) {
        for (const query of TYPED) {
          for (let end = 1; end <= query.length; end++) {
            const one = timed(() => find?.(query.slice(0, end)));
            if (round > 0) times.push(one);
          }
        }
      }
      line(`${name}: a keystroke`, times);
    });
  }
  for (const run of keystrokes) run();
  const index = openIndex(sources);
  const one = sources[0];
  if (one)
    line(
      'one source is put again',
      repeated(() => index.put(one)),
    );
  let bytes = new Uint8Array();
  line('saved', [timed(() => (bytes = new Uint8Array(index.save())))]);
  line(
    `${(bytes.length / 1e6).toFixed(1)} MB loaded`,
    repeated(() => void load(bytes)),
  );
  const first = load(bytes);
  line('the first keystroke after that', [timed(() => findIn(first, 'payment'))]);
  const kept = memoryOf(size);
  console.log(`    ${(kept / documents / 1000).toFixed(2)} kB a document in memory`);
}

function load(bytes: Uint8Array): DefaultSearchIndex {
  const index = new DefaultSearchIndex();
  index.load(bytes);
  return index;
}

function repeated(run: () => void): readonly Times[] {
  return Array.from({ length: ROUNDS }, () => timed(run));
}

function memoryOf({ entities, pages }: SearchedSize): number {
  const args = [process.argv[1] ?? '', CHILD, String(entities), String(pages)];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** Returns the memory of an index after searches, without its documents. */
async function measureMemory(size: SearchedSize): Promise<number> {
  findIn(openIndex(searchedSources({ entities: 10, pages: 1 })), 'warm');
  await settled();
  const before = inUse();
  const index = openIndex(searchedSources(size));
  findIn(index, 'paymnt gatway');
  await settled();
  const kept = inUse() - before;
  // Keeps the index in memory until here.
  findIn(index, 'payment');
  return kept;
}

const [, , child, entities, pages] = process.argv;
if (child === CHILD) {
  const size = { entities: Number(entities), pages: Number(pages) };
  void measureMemory(size).then(kept => process.stdout.write(String(kept)));
} else {
  console.log('Search');
  measure({ entities: 10_000, pages: 2000 }, [callboard, floor, microFuzzy, miniSearch, fuseAlone]);
  measure({ entities: 100_000, pages: 2000 }, [callboard, floor, microFuzzy]);
  measure({ entities: 10_000, pages: 0 }, [callboard]);
}
