import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseAllDocuments } from 'yaml';
import { silentLogger } from '../src/base';
import { CatalogEngine } from '../src/core/catalog';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../src/node';

/*
 * What the catalog costs. The floor is to walk the tree and read the same files; the peer is
 * Backstage's parser over the same texts, without anything that comes after. All of them run in
 * turns in this process, so that the ratios hold on a busy machine; a number is the median of the
 * rounds. The organisation is invented and written to a temporary folder.
 */

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ROUNDS = 5;
const EDITS = 40;

interface Organisation {
  readonly folder: string;
  readonly entities: number;
  readonly files: number;
}

/** Two components and an API to a file of its own folder, with three files around that are none. */
function writeOrganisation(entities: number): Organisation {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  const files = Math.round(entities / 2);
  for (let index = 0; index < files; index++) {
    const service = join(folder, `area-${index % 50}`, `service-${index}`);
    mkdirSync(join(service, 'src'), { recursive: true });
    writeFileSync(join(service, index % 5 ? 'catalog.yaml' : 'catalog-info.yaml'), file(index));
    writeFileSync(join(service, 'deployment.yaml'), DEPLOYMENT);
    writeFileSync(join(service, 'README.md'), `# Service ${index}\n`);
    writeFileSync(join(service, 'src', 'main.ts'), 'export {};\n');
  }
  return { folder, entities: files * 2, files };
}

function file(index: number): string {
  const definition = index % 100 ? '' : `\n${'      # a line of a long definition\n'.repeat(1000)}`;
  return `# The service and its API.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: service-${index}
  title: Service ${index}
  description: Takes orders, prices them, and hands them on to fulfilment. Ask in the channel.
  annotations:
    github.com/project-slug: example/service-${index}
    backstage.io/techdocs-ref: dir:.
  tags: [java, grpc, orders]
  links:
    - url: https://dashboard.example.com/service-${index}
      title: Dashboard
spec:
  type: service
  lifecycle: production
  owner: team-${index % 40}
  system: system-${index % 20}
  providesApis: [api-${index}]
  consumesApis: [api-${index + 1}]
  dependsOn: [component:service-${index + 2}]
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: api-${index}
  description: What the service offers to others.
spec:
  type: openapi
  lifecycle: production
  owner: team-${index % 40}
  definition: |
      openapi: 3.0.0
      info: { title: Service ${index}, version: 1.0.0 }
      paths: {}${definition}
`;
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 2 }
`;

/** The floor: finds the YAML files and reads them. */
async function walkAndRead(folder: string): Promise<string[]> {
  const texts: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map(async entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) texts.push(...(await walkAndRead(path)));
      else if (/\.ya?ml$/.test(entry.name)) texts.push(await readFile(path, 'utf8'));
    }),
  );
  return texts;
}

async function indexed(folder: string): Promise<CatalogEngine> {
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
  });
  engine.setRoots([{ uri: pathToFileUri(folder), name: 'bench' }]);
  await engine.refresh();
  return engine;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** While work runs, how long the thread was held at the longest. */
async function longestBlock(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  await run();
  clearInterval(timer);
  return Math.max(longest, performance.now() - last - 1);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function print(name: string, milliseconds: number, floor?: number): void {
  const ratio = floor ? `  ${(milliseconds / floor).toFixed(1)} x the floor` : '';
  console.log(`  ${name.padEnd(52)} ${milliseconds.toFixed(1).padStart(9)} ms${ratio}`);
}

async function measure(size: number): Promise<void> {
  const { folder, entities, files } = writeOrganisation(size);
  try {
    console.log(`${entities} entities in ${files} files, among ${files * 3} others`);
    const floors: number[] = [];
    const peers: number[] = [];
    const indexes: number[] = [];
    const blocks: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      floors.push(await timed(() => walkAndRead(folder)));
      peers.push(
        await timed(async () => {
          for (const text of await walkAndRead(folder)) {
            if (!text.includes('backstage.io/')) continue;
            for (const document of parseAllDocuments(text, { merge: false })) {
              if ('toJSON' in document) document.toJSON();
            }
          }
        }),
      );
      indexes.push(await timed(() => indexed(folder)));
      blocks.push(await longestBlock(() => indexed(folder)));
    }
    const floor = quantile(floors, 0.5);
    print('floor: walk and read', floor);
    print('peer: the same, and parse with `yaml`', quantile(peers, 0.5), floor);
    print('cold index', quantile(indexes, 0.5), floor);
    print('longest block of the thread meanwhile, median', quantile(blocks, 0.5));
    print('longest block of the thread meanwhile, worst', Math.max(...blocks));
    await measureEdits(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureEdits(folder: string): Promise<void> {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const engine = await indexed(folder);
  collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  const path = join(folder, 'area-1', 'service-1', 'catalog.yaml');
  const edits: number[] = [];
  const problems: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    writeFileSync(path, file(1).replace('owner: team-1', `owner: team-${edit}`));
    const uri = pathToFileUri(path);
    edits.push(await timed(() => engine.applyChanges([{ type: 'changed', uri }])));
    problems.push(await timed(() => Promise.resolve(engine.getProblems({ file: uri }))));
  }
  print('one changed file to the change event, median', quantile(edits, 0.5));
  print('one changed file to the change event, p95', quantile(edits, 0.95));
  print('its problems, nearest refs included, p95', quantile(problems, 0.95));
  const perEntity = bytes / engine.statistics.entities / 1024;
  console.log(`  ${'memory for each entity'.padEnd(52)} ${perEntity.toFixed(1).padStart(9)} kB`);
}

async function main(): Promise<void> {
  for (const size of [1000, 10_000]) await measure(size);
}

void main();
