import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTemplateRenderer } from 'nunjitsu';
import {
  lookupIn,
  readTemplates,
  runTemplate,
  TemplateEngine,
} from '../src/features/scaffolder/core';
import {
  loadOutputs,
  NodeClock,
  NodeFileSystem,
  pathToFileUri,
  lazyWorkerPool,
} from '../src/platform/node';
import { buildWorker, print, quantile, timed } from './measuring';

/*
 * Time to run a template with a skeleton of 500 files, in memory and into a folder. The floor is rendering the same texts
 * with nunjitsu, which Backstage uses as well.
 */

const FILES = 500;
const ROUNDS = 15;
const fileSystem = new NodeFileSystem();
const { signal } = new AbortController();
const values = { name: 'shop', owner: 'group:default/team-a', port: 8080, hasDocs: true };

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-templates-'));
  const pool = lazyWorkerPool(await buildWorker());
  try {
    const texts = writeTemplate(folder);
    const bytes = texts.reduce((sum, { length }) => sum + length, 0);
    console.log(`A skeleton of ${FILES} files (${(bytes / 1e6).toFixed(1)} MB)`);
    const floor = quantile(await rounds(() => Promise.resolve(renderAll(texts))), 0.5);
    print('Floor: nunjitsu alone', floor);
    const engine = new TemplateEngine(pool);
    const inThread = await rounds(() => run(folder, engine));
    print('A run, in a thread', quantile(inThread, 0.5), floor);
    const direct = new TemplateEngine(undefined);
    print('The same on this thread', quantile(await rounds(() => run(folder, direct)), 0.5), floor);
    let round = 0;
    const written = await rounds(async () => {
      const files = await run(folder, engine);
      const { NodeOutputFolder } = await loadOutputs();
      const output = new NodeOutputFolder(join(folder, `out-${round++}`));
      for (const [path, { content }] of files) await output.write(path, content);
    });
    print('A run, and its files on the disk', quantile(written, 0.5), floor);
  } finally {
    pool.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rounds(action: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  // The first round warms up.
  await action();
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(action));
  return times;
}

function renderAll(texts: readonly string[]): void {
  const renderer = createTemplateRenderer({ allowRegexExecution: true });
  const context = renderer.prepareContext({ values });
  for (const text of texts) renderer.render(text, context);
}

async function run(
  folder: string,
  engine: TemplateEngine,
): Promise<Awaited<ReturnType<typeof runTemplate>>['files']> {
  const file = join(folder, 'template.yaml');
  const [template] = readTemplates(readFileSync(file, 'utf8'));
  if (!template) throw new Error('There is no template.');
  const { result, files } = await runTemplate(
    {
      template: template.entity,
      templateInfo: { entityRef: template.ref, baseUrl: pathToFileUri(file) },
      values,
      secrets: {},
      user: {},
      taskId: 'bench',
      isDryRun: false,
      repository: undefined,
      workspacePath: '/bench',
    },
    { fileSystem, clock: new NodeClock(), engine, catalog: lookupIn(undefined), signal },
  );
  if (files.size !== FILES) throw new Error(result.error ?? 'Files are missing.');
  return files;
}

/** @returns the texts of the skeleton */
function writeTemplate(folder: string): readonly string[] {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write(
    'template.yaml',
    `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: bench }
spec:
  owner: team-a
  type: service
  steps:
    - action: fetch:template
      input: { url: ./skeleton, values: '\${{ parameters }}' }
`,
  );
  return Array.from({ length: FILES }, (_, index) => {
    const text = textOf(index);
    write(`skeleton/part-${index % 25}/\${{ values.name }}-${index}.ts`, text);
    return text;
  });
}

/** Returns a typical source file: 40 lines with some expressions, a condition and a loop. */
function textOf(index: number): string {
  const lines = Array.from(
    { length: 30 },
    (_, line) =>
      `export const field${index}x${line} = '\${{ values.name }}-${line}'; // a line of code`,
  );
  return `// Part ${index} of \${{ values.name }}, owned by \${{ values.owner }}.
{%- if values.hasDocs %}
// Has docs.
{%- endif %}
{%- for port in range(0, 5) %}
export const port\${{ port }} = \${{ values.port + port }};
{%- endfor %}
${lines.join('\n')}
`;
}

void main();
