import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { DescriptorClassifier } from '../src/features/catalog/core/ingest/classification';
import { ingestFile } from '../src/features/catalog/core/ingest/ingestFile';
import { parseYamlDocuments } from '../src/features/catalog/core/ingest/yaml/yamlDocuments';
import { TechdocsFolders } from '../src/features/catalog/core/processing/techdocsFolder';
import { KindRegistry } from '../src/model/validation';
import { splitDocuments, scanDocument } from '../src/platform/core/yaml';
import { NodeFileSystem, pathToFileUri } from '../src/platform/node';
import { quantile } from './measuring';
import { cachedOrganization } from './organization';

/*
 * Cost of parsing descriptors on one thread. The floor is reading the files; the peers are Backstage's
 * parser and the fastest other one, both to values only. They run in turn in one process, so that the
 * ratios hold on a busy machine; each figure is the median of the rounds.
 */

const ROUNDS = 7;
const ENTITIES = 10_000;

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Results of the candidates, kept so that no work is optimized away. */
let sink = 0;

type Candidate = [name: string, run: () => void | Promise<void>];

async function main(): Promise<void> {
  const { folder, entities } = cachedOrganization({ entities: ENTITIES, decoys: 0 });
  const files = sourceFiles(folder);
  const megabytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
  const parts = files.flatMap(({ text }) =>
    splitDocuments(text).map(part => scanDocument(text, part)),
  );
  const quick = parts.filter(part => part !== undefined).length / parts.length;
  console.log(`${entities} entities in ${files.length} files, ${megabytes.toFixed(1)} MB`);
  console.log(`${(quick * 100).toFixed(1)} % of the documents are read by the quick parser`);
  await compare(candidatesFor(files), { megabytes });
  await compare(candidatesForOneFile(files), {});
  if (!Number.isFinite(sink)) throw new Error('The benchmark measured nothing.');
}

function candidatesFor(files: readonly SourceFile[]): readonly Candidate[] {
  const kinds = KindRegistry.builtin();
  const classifier = new DescriptorClassifier(kinds);
  const fileSystem = new NodeFileSystem();
  const context = {
    kinds,
    classifier,
    processors: [],
    fileSystem,
    techdocsFolders: new TechdocsFolders(fileSystem),
    kindSchemas: {},
    maxFileSize: 10e6,
    scaffolderActions: [],
  };
  const ingest = async ({ path, text }: SourceFile): Promise<void> => {
    const uri = pathToFileUri(path);
    const record = await ingestFile(
      { uri, text, expectsDescriptors: false, boundary: uri },
      context,
    );
    sink += record.entities.length;
  };
  return [
    [
      'floor: read the files',
      () => files.forEach(({ path }) => (sink += readFileSync(path, 'utf8').length)),
    ],
    ['quick parser, values and places', () => files.forEach(({ text }) => (sink += scanned(text)))],
    ['documents', () => files.forEach(({ text }) => (sink += parseYamlDocuments(text).length))],
    [
      'whole ingestion, to records',
      async () => {
        for (const file of files) await ingest(file);
      },
    ],
    [
      'peer: js-yaml, values alone',
      () => files.forEach(({ text }) => (sink += loadAll(text).length)),
    ],
    ['peer: `yaml`, values alone', () => files.forEach(({ text }) => (sink += byYaml(text)))],
  ];
}

/** Measures edits in the file with the most documents; each parses the whole file. */
function candidatesForOneFile(files: readonly SourceFile[]): readonly Candidate[] {
  const [largest] = [...files].sort(
    (a, b) => splitDocuments(b.text).length - splitDocuments(a.text).length,
  );
  if (!largest) throw new Error('There are no files.');
  const documents = splitDocuments(largest.text).length;
  const broken = largest.text.replace('kind: User\n', 'kind: User\nspec: [\n');
  const quoted = largest.text.replace('kind: User\n', 'kind: "User\n');
  const [, , , [, whole] = []] = candidatesFor([largest]);
  const [, , , [, brokenWhole] = []] = candidatesFor([{ ...largest, text: broken }]);
  const [, , , [, quotedWhole] = []] = candidatesFor([{ ...largest, text: quoted }]);
  if (!whole || !brokenWhole || !quotedWhole) throw new Error('A candidate is missing.');
  return [
    [`a file of ${documents} documents`, whole],
    ['the same with a mistake in the first', brokenWhole],
    ['the same with an open quote in the first', quotedWhole],
  ];
}

function scanned(text: string): number {
  let count = 0;
  for (const part of splitDocuments(text)) if (scanDocument(text, part)) count++;
  return count;
}

function byYaml(text: string): number {
  let count = 0;
  for (const document of parseAllDocuments(text, { merge: false })) {
    if ('toJSON' in document && document.toJSON() !== null) count++;
  }
  return count;
}

function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path, text: readFileSync(path, 'utf8') }));
}

async function compare(
  candidates: readonly Candidate[],
  { megabytes }: { megabytes?: number },
): Promise<void> {
  const times = candidates.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [place, [, run]] of candidates.entries()) {
      const start = performance.now();
      await run();
      // The first round only warms up.
      if (round >= 0) times[place]?.push(performance.now() - start);
    }
  }
  const floor = quantile(times[0] ?? [], 0.5);
  for (const [place, [name]] of candidates.entries()) {
    const time = quantile(times[place] ?? [], 0.5);
    const speed =
      megabytes === undefined ? '' : `${((megabytes / time) * 1000).toFixed(0).padStart(6)} MB/s`;
    console.log(
      `  ${name.padEnd(46)} ${time.toFixed(1).padStart(9)} ms ${(time / floor).toFixed(1).padStart(6)} x the first${speed}`,
    );
  }
}

void main();
