import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildDocs, readFolderSite, writeDocs } from '../src/features/techdocs/core';
import { loadOutputs, NodeClock, NodeFileSystem, pathToFileUri } from '../src/platform/node';
import { print, quantile, timed } from './measuring';

/*
 * Time to build a site of a thousand pages: in this process, again after one page changed, and by MkDocs with Material and
 * the settings of techdocs-core, if they are installed. The floor is writing the same files.
 */

const PAGES = 1000;
const ROUNDS = 5;
const deps = { fileSystem: new NodeFileSystem(), clock: new NodeClock() };

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-docs-'));
  try {
    const source = join(folder, 'source');
    const bytes = writeSource(source);
    console.log(`${PAGES} pages in 20 sections (${(bytes / 1e6).toFixed(1)} MB of Markdown)`);
    const times: number[] = [];
    const again: number[] = [];
    const floors: number[] = [];
    const processor: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const out = join(folder, `out-${round}`);
      const before = process.cpuUsage();
      times.push(await timed(() => build(source, out)));
      const { user, system } = process.cpuUsage(before);
      processor.push((user + system) / 1000);
      const page = join(source, 'docs', 'section-7', 'page-7.md');
      writeFileSync(page, `${readFileSync(page, 'utf8')}\nRound ${round}.\n`);
      again.push(await timed(() => build(source, out)));
      floors.push(await floorOf(out, join(folder, `floor-${round}`)));
    }
    const floor = quantile(floors, 0.5);
    print('Floor: writing the files of the site', floor);
    const own = quantile(times, 0.5);
    print('Building the site', own, floor);
    print(
      'Of that, time of the processor, which a busy machine does not add to',
      quantile(processor, 0.5),
    );
    print('Building it again after one page has changed', quantile(again, 0.5), floor);
    console.log(`  ${Math.round(PAGES / (own / 1000))} pages per second`);
    await peer(source, join(folder, 'mkdocs'), floor);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(source: string, out: string): Promise<void> {
  const site = await readFolderSite(pathToFileUri(source), { ...deps, environment: new Map() });
  if (!site) throw new Error('There is no site.');
  const theme = pathToFileUri(resolve('test', 'fixtures', 'techdocs', 'theme'));
  const built = await buildDocs(site, { ...deps, theme }, { time: Date.now() });
  const { NodeOutputFolder } = await loadOutputs();
  await writeDocs(built, new NodeOutputFolder(out));
}

async function floorOf(out: string, target: string): Promise<number> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map(path => [path.slice(out.length + 1), readFileSync(path)] as const);
  return timed(async () => {
    for (const [path, content] of files) {
      await mkdir(dirname(join(target, path)), { recursive: true });
      await writeFile(join(target, path), content);
    }
  });
}

async function peer(source: string, out: string, floor: number): Promise<void> {
  const python = process.env['CALLBOARD_PYTHON'] ?? '/usr/bin/python3';
  const script = resolve('scripts', 'mkdocsBuild.py');
  const config = join(source, 'mkdocs.yml');
  mkdirSync(out);
  let answer = '';
  const time = await timed(async () => {
    answer = spawnSync(python, [script, out, config], { encoding: 'utf8' }).stdout ?? '';
  });
  if (!answer.includes('"unavailable": []') || answer.includes('fails')) {
    console.log('  MkDocs and Material are not installed: no comparison.');
    return;
  }
  print('Peer: MkDocs with Material, with its start', time, floor);
  console.log(`  ${Math.round(PAGES / (time / 1000))} pages per second`);
}

/** @returns bytes of Markdown */
function writeSource(folder: string): number {
  let bytes = 0;
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    bytes += text.length;
  };
  put('mkdocs.yml', 'site_name: A large site\nplugins:\n  - techdocs-core\n');
  put('docs/index.md', '# A large site\n\n[The first section](section-0/page-1.md)\n');
  for (let index = 1; index < PAGES; index++) {
    const section = index % 20;
    put(`docs/section-${section}/page-${index}.md`, pageText(index));
  }
  return bytes;
}

/** Returns a typical page of a handbook: 2.5 kB with headings, text, links, a list, a table, a note and code. */
function pageText(index: number): string {
  const next = (index % (PAGES - 21)) + 20;
  const sentence = `Service ${index} takes orders, prices them, and hands them on to *fulfilment* when \`ready\`. `;
  return `# Page ${index}

${sentence.repeat(4)}

## How it works

${sentence.repeat(3)} See [another page](../section-${next % 20}/page-${next}.md#limits) and [the start](../index.md).

- One thing **first**
- Then another
  - with a detail

!!! note "Mind the queue"
    ${sentence}

\`\`\`yaml title="config.yaml"
name: service-${index}
replicas: 3
env:
  - name: QUEUE
    value: orders
\`\`\`

## Limits

| Limit | Value | Why |
| ----- | ----: | --- |
| Rate  | ${index} | ${sentence} |
| Size  | 12 MB | storage |

=== "Linux"
    \`\`\`bash
    curl -s https://example.com/${index} | sh
    \`\`\`

=== "Windows"
    Use the installer.

### Details

${sentence.repeat(5)}

[^1]: A footnote.

Text with a footnote[^1] and a task list:

- [x] done
- [ ] open
`;
}

void main();
