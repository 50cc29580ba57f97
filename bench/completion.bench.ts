import { silentLogger } from '../src/base';
import {
  completionProvider,
  type LanguageContext,
  MirrorCatalog,
  type PositionRequest,
  YamlText,
} from '../src/features/authoring/language';
import { CatalogEngine } from '../src/features/catalog/core';
import { CatalogFeed } from '../src/features/catalog/core/feed';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../src/platform/node';
import { quantile } from './measuring';
import { cachedOrganization } from './organization';

/*
 * Time of a keystroke while completing a ref, a value or an annotation, in a catalog of 10,000 entities.
 * The document is parsed again each time, as after an edit. The floor is one pass over the refs of all
 * entities.
 */

const ROUNDS = 40;

const HEAD = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: mine
  annotations:
    backstage.io/techdocs-ref: dir:.
`;
const SPEC = `spec:
  type: service
  lifecycle: production
  owner: team-1
`;

const CASES: readonly (readonly [name: string, text: string])[] = [
  ['an owner, nothing typed', `${HEAD}spec:\n  type: service\n  owner: <|>\n`],
  ['an owner, one letter', `${HEAD}spec:\n  type: service\n  owner: t<|>\n`],
  ['an API, nothing typed', `${HEAD}${SPEC}  consumesApis:\n    - <|>\n`],
  ['any entity, nothing typed', `${HEAD}${SPEC}  dependsOn:\n    - <|>\n`],
  ['any entity, one letter', `${HEAD}${SPEC}  dependsOn:\n    - o<|>\n`],
  ['any entity, a kind', `${HEAD}${SPEC}  dependsOn:\n    - component:<|>\n`],
  ['any entity, letters of a name', `${HEAD}${SPEC}  dependsOn:\n    - component:ordsvc<|>\n`],
  ['a type', `${HEAD}spec:\n  type: <|>\n`],
  ['a tag', `${HEAD}  tags:\n    - <|>\n${SPEC}`],
  ['an annotation', `${HEAD}    <|>\n${SPEC}`],
  ['the target of a Location', `${HEAD.replace('Component', 'Location')}spec:\n  target: ./<|>\n`],
  ['a whole descriptor', `${HEAD}${SPEC}---\n<|>`],
];

async function openMirror(folder: string): Promise<LanguageContext> {
  const files = new NodeFileSystem();
  const clock = new NodeClock();
  const root = pathToFileUri(folder);
  const engine = new CatalogEngine({ fileSystem: files, clock, logger: silentLogger });
  engine.setRoots([{ uri: root, name: 'bench' }]);
  await engine.refresh();
  const catalog = new MirrorCatalog();
  await new Promise<void>(resolve => {
    const feed = new CatalogFeed({
      engine,
      clock,
      send: rows => catalog.update(rows),
      completed: () => {
        feed.dispose();
        resolve();
      },
    });
  });
  engine.dispose();
  const edits = {
    hasDocumentChanges: true,
    canCreateFiles: true,
    canRenameFiles: true,
    hasAnnotations: true,
  };
  return { catalog, files, boundaryOf: () => root, openText: () => undefined, edits };
}

async function main(): Promise<void> {
  const { folder } = cachedOrganization({ entities: 10_000, decoys: 0 });
  const context = await openMirror(folder);
  const refs = [...context.catalog.entities()].map(({ ref }) => ref);
  console.log(`Completion in a catalog of ${refs.length} entities`);
  const signal = new AbortController().signal;
  const uri = pathToFileUri(`${folder}/catalog-info.yaml`);
  for (const [name, marked] of CASES) {
    const offset = marked.indexOf('<|>');
    const text = marked.replace('<|>', '');
    const times: number[] = [];
    // Processor time of all threads, which doesn't depend on other load of the machine.
    const cpu: number[] = [];
    let count = 0;
    for (let round = -5; round < ROUNDS; round++) {
      const before = process.cpuUsage();
      const began = performance.now();
      const opened = new YamlText({ uri, version: 1, text });
      const position = opened.positionAt(offset);
      const request: PositionRequest = { context, text: opened, signal, offset, position };
      const found = await completionProvider.complete?.(request);
      // The first rounds only warm up.
      if (round >= 0) {
        times.push(performance.now() - began);
        const { user, system } = process.cpuUsage(before);
        cpu.push((user + system) / 1000);
      }
      count = found?.items.length ?? 0;
    }
    const at = (values: readonly number[], share: number): string =>
      `${quantile(values, share).toFixed(2).padStart(7)} ms`;
    console.log(
      `  ${name.padEnd(32)} median ${at(times, 0.5)}, p95 ${at(times, 0.95)}, CPU median ${at(cpu, 0.5)}, p95 ${at(cpu, 0.95)}, ${count} items`,
    );
  }
  const began = performance.now();
  for (let round = 0; round < ROUNDS; round++) refs.filter(ref => ref.includes('orders'));
  const floor = ((performance.now() - began) / ROUNDS).toFixed(2);
  console.log(`  ${'the floor: all refs looked through'.padEnd(32)} ${floor} ms`);
}

void main();
