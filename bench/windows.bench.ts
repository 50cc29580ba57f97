import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { PATIENCE, Workbench } from '../test/support/workbench';
import { testContext } from '../test/support/openCallboard';
import { serverFor, type WindowServer } from '../test/support/windowServers';
import { quantile, timed, walkAndRead } from './measuring';
import { generateOrganization } from './organization';
import { collectGarbage, isRunning, megabytesOf, processorTimeOf, untilIdle } from './windowHost';
import { pressKeys, readMarks, timeOfRows, untilShown, watchFrame } from './windowPage';
import { type Measurement, pageWith, type Results, type Run } from './windowResults';

/*
 * Measures the packed extension in a real window: a code-server, and headless Chromium. Writes
 * bench/results/windows.json, and the table of docs/performance.md.
 *
 * BENCH_SIZES lists the numbers of entities (1000,10000), BENCH_ROUNDS is the number of starts (3), and BENCH_PARTS lists
 * the parts (empty,first,second,goToEntity,search,pages,diagnostics,docs). Other parts keep their results. CALLBOARD_VSIX
 * is the path of a packed extension; without it, the extension is packed first.
 */

const SIZES = (process.env['BENCH_SIZES'] ?? '1000,10000').split(',').map(Number);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const PARTS = process.env['BENCH_PARTS']?.split(',');
const RESULTS = 'bench/results/windows.json';
const PAGE = 'docs/performance.md';
const AUTHORED = [1, 10, 100, 1000];
const QUERIES = ['payments', 'order api', 'team-1'];

const KEYS = {
  goToEntity: 'Control+Alt+Shift+F1',
  search: 'Control+Alt+Shift+F2',
  entity: 'Control+Alt+Shift+F3',
  otherEntity: 'Control+Alt+Shift+F4',
  table: 'Control+Alt+Shift+F5',
  graph: 'Control+Alt+Shift+F6',
  docs: 'Control+Alt+Shift+F7',
};

/** Measured values, in order. */
class Samples {
  readonly values: number[] = [];
  processor = 0;

  take(): Measurement {
    const { values, processor } = this;
    return {
      milliseconds: quantile(values, 0.5),
      ...(values.length >= 10 && { p95: quantile(values, 0.95) }),
      ...(processor > 0 && { processor: processor / values.length }),
    };
  }
}

/** An open window with its extension host and results. */
class MeasuredWindow {
  readonly workbench: Workbench;
  readonly page: Page;
  readonly #server: WindowServer;
  readonly #samples = new Map<string, Samples>();
  readonly #megabytes = new Map<string, number[]>();
  pid = 0;

  constructor(page: Page, server: WindowServer) {
    this.page = page;
    this.workbench = new Workbench(page);
    this.#server = server;
  }

  /** Opens a folder, or none. @returns the time at which the page started to load */
  async load(folder: string | undefined): Promise<number> {
    // Only a reloaded page restores the container of its side bar.
    await this.page.route('**', route => route.fulfill({ contentType: 'text/html', body: '' }));
    await this.page.goto(this.#server.url({ folder }));
    await this.page.unroute('**');
    const began = performance.timeOrigin + performance.now();
    await this.workbench.reload();
    this.pid = await this.#server.nextExtensionHost();
    return began;
  }

  /** Leaves the folder, and waits until its extensions have ended. */
  async leave(): Promise<void> {
    await this.page.goto('about:blank');
    while (isRunning(this.pid)) await sleep(50);
  }

  add(name: string, milliseconds: number, processor = 0): void {
    const samples = this.#samples.get(name) ?? new Samples();
    this.#samples.set(name, samples);
    samples.values.push(milliseconds);
    samples.processor += processor;
  }

  addMemory(name: string): void {
    this.#megabytes.set(name, [...(this.#megabytes.get(name) ?? []), megabytesOf(this.pid)]);
  }

  /** Adds the memory of the idle process, and its memory after a garbage collection. */
  async addMemories(name: string): Promise<void> {
    this.addMemory(`${name}Memory`);
    await collectGarbage(this.pid);
    this.addMemory(`${name}Held`);
  }

  take(): Run['rows'] {
    const rows: Record<string, Measurement> = {};
    for (const [name, samples] of this.#samples) rows[name] = samples.take();
    for (const [name, values] of this.#megabytes) {
      rows[name] = { megabytes: quantile(values, 0.5) };
    }
    return rows;
  }
}

/** Reads from the log of the extension host when the editor began to activate Callboard. */
function activatedAt(dataFolder: string): number {
  const logs = join(dataFolder, 'logs');
  const names = readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('remoteexthost.log'),
  );
  const times = names.flatMap(name =>
    [
      ...readFileSync(join(logs, name), 'utf8').matchAll(
        /^(\S+ \S+) .*_doActivateExtension callboard\.callboard/gm,
      ),
    ].map(([, time = '']) => new Date(time).getTime()),
  );
  return Math.max(...times);
}

/** Measures starts with or without the state of an earlier start. */
async function measureStart(
  window: MeasuredWindow,
  server: WindowServer,
  { folder, name }: { folder: string; name: 'first' | 'second' },
): Promise<void> {
  await window.leave();
  if (name === 'first') {
    const storage = join(server.dataFolder, 'User', 'workspaceStorage');
    rmSync(storage, { recursive: true, force: true });
    rmSync(join(server.dataFolder, 'User', 'globalStorage', 'callboard.callboard'), {
      recursive: true,
      force: true,
    });
  }
  const began = await window.load(folder);
  const { at: rowsAt } = await untilShown(window.page, 'tree', began, text => text !== '0');
  await untilIdle(window.pid);
  const sums = (await readMarks(window.page)).filter(({ what }) => what === 'tree');
  const completeAt = sums.at(-1)?.at ?? NaN;
  const activated = activatedAt(server.dataFolder);
  window.add(`${name}Load`, completeAt - began);
  window.add(`${name}Rows`, rowsAt - activated);
  window.add(`${name}Tree`, completeAt - activated, processorTimeOf(window.pid));
  await window.addMemories(name);
}

/** Measures a window without a folder, in which Callboard does nothing. */
async function measureEmpty(window: MeasuredWindow): Promise<void> {
  // The first start compiles scripts, which later starts have cached.
  for (let round = 0; round < ROUNDS + 1; round++) {
    const began = await window.load(undefined);
    const { at } = await untilShown(window.page, 'restored', began);
    await untilIdle(window.pid);
    if (round > 0) {
      window.add('emptyLoad', at - began, processorTimeOf(window.pid));
      await window.addMemories('empty');
    }
    await window.leave();
  }
}

async function measureRows(window: MeasuredWindow, name: 'goToEntity' | 'search'): Promise<void> {
  const { page, workbench } = window;
  for (const [index, query] of QUERIES.entries()) {
    await workbench.leaveWebview();
    const opened = await pressKeys(page, KEYS[name]);
    const { at } = await untilShown(page, 'rows', opened);
    window.add(index === 0 ? `${name}First` : `${name}Open`, at - opened);
    await workbench.quickInputRows.first().waitFor();
    await untilIdle(window.pid);
    for (const letter of query) {
      const before = processorTimeOf(window.pid);
      const time = await timeOfRows(page, letter === ' ' ? 'Space' : letter);
      if (time !== undefined) window.add(name, time, processorTimeOf(window.pid) - before);
    }
    await page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  }
}

/** Opens pages by keys: the first one of the window, in a new tab, and in the same tab. */
async function measurePages(window: MeasuredWindow): Promise<void> {
  const { page, workbench } = window;
  const open = async (
    name: string,
    what: 'entity' | 'table' | 'graph',
    keys: string,
  ): Promise<void> => {
    await workbench.leaveWebview();
    const before = processorTimeOf(window.pid);
    const pressed = await pressKeys(page, keys);
    const { at } = await untilShown(page, what, pressed);
    await untilIdle(window.pid, 2);
    window.add(name, at - pressed, processorTimeOf(window.pid) - before);
  };
  await open('pageFirst', 'entity', KEYS.entity);
  for (let round = 0; round < 3; round++) {
    await open('page', 'entity', KEYS.otherEntity);
    await open(round === 0 ? 'tableFirst' : 'table', 'table', KEYS.table);
    await open('page', 'entity', KEYS.entity);
    await open(round === 0 ? 'graphFirst' : 'graph', 'graph', KEYS.graph);
  }
  for (let round = 0; round < 3; round++) {
    await workbench.closeAll();
    await open('pageNew', 'entity', KEYS.entity);
  }
  await workbench.closeAll();
}

/** Puts the cursor at the end of a line of the active editor. */
async function goToLine({ page, workbench }: MeasuredWindow, line: number): Promise<void> {
  await workbench.openQuickAccess(['Control+G'], ':');
  await workbench.quickInput.locator('input[type=text]').first().fill(`:${line}:999`);
  await page.keyboard.press('Enter');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.focusedEditor().first().waitFor();
}

/** A line of the output of the extension `stopwatch`. */
interface Note {
  readonly at: number;
  readonly what: 'edit' | 'diagnostics';
  /** The number of edits, or of diagnostics. */
  readonly count: number;
}

/** Misspells an owner and corrects it, in files with these numbers of documents. */
async function measureDiagnostics(window: MeasuredWindow, server: WindowServer): Promise<void> {
  const { page, workbench } = window;
  const notes = join(
    server.dataFolder,
    'User',
    'globalStorage',
    'example.stopwatch',
    'times.jsonl',
  );
  for (const count of AUTHORED) {
    await workbench.openFile(`authored-${count}.yaml`);
    await goToLine(window, Math.floor(count / 2) * DOCUMENT_LINES + OWNER_LINE);
    await untilIdle(window.pid);
    for (let round = 0; round < 12; round++) {
      const before = processorTimeOf(window.pid);
      const isWrong = round % 2 === 0;
      const wrong = isWrong ? 1 : 0;
      const pressed = await pressKeys(page, isWrong ? 'x' : 'Backspace');
      const { at } = await untilShown(
        page,
        'squiggles',
        pressed,
        text => (text !== '0') === isWrong,
      );
      const told = readFileSync(notes, 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Note)
        .filter(note => note.at >= pressed);
      const edited = told.find(({ what }) => what === 'edit')?.at ?? NaN;
      // The first message after an edit may still have the earlier problems.
      const message =
        told.find(note => note.what === 'diagnostics' && note.at > edited && note.count === wrong)
          ?.at ?? NaN;
      window.add(`edit${count}`, message - edited, processorTimeOf(window.pid) - before);
      window.add(`editSeen${count}`, at - pressed);
      await sleep(200);
    }
    await page.keyboard.press('Control+Z');
    await workbench.closeAll();
  }
}

/** Types into a 20 kB page of docs beside its preview. */
async function measureDocs(window: MeasuredWindow): Promise<void> {
  const { page, workbench } = window;
  await workbench.openFile('long-page.md');
  const lines = docsPage().split('\n');
  await goToLine(window, lines.indexOf('Typed:') + 1);
  const opened = await pressKeys(page, KEYS.docs);
  await untilShown(page, 'docs', opened);
  await untilIdle(window.pid);
  await workbench.tab('long-page.md').first().click();
  await workbench.focusedEditor().first().waitFor();
  await goToLine(window, lines.indexOf('Typed:') + 1);
  let typed = 'Typed:';
  for (let round = 0; round < 24; round++) {
    const letter = 'abcdefgh'[round % 8] ?? '';
    typed += letter;
    const before = processorTimeOf(window.pid);
    const pressed = await pressKeys(page, letter);
    const { at } = await untilShown(page, 'docs', pressed, text => text.trim() === typed);
    await sleep(100);
    window.add('docs', at - pressed, processorTimeOf(window.pid) - before);
  }
  await workbench.closeAll();
}

const CONTAINER = 'workbench.view.extension.callboard';

/** Runs in a window. @returns whether it has stored the container that its side bar shows */
async function isContainerStored(container: string): Promise<boolean> {
  const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await answerOf(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values: unknown[] = await answerOf(
        database.transaction(store).objectStore(store).getAll(),
      );
      if (values.includes(container)) return true;
    }
    database.close();
  }
  return false;
}

const TEAM = 'bench-team';
const DOCUMENT_LINES = 11;
const OWNER_LINE = 10;

function documents(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    [
      'apiVersion: backstage.io/v1alpha1',
      'kind: Component',
      'metadata:',
      `  name: authored-${count}-${index}`,
      '  description: One of many in this file, as authors of monorepos have them.',
      '  tags: [authored]',
      'spec:',
      '  type: service',
      '  lifecycle: production',
      `  owner: group:${TEAM}`,
      '',
    ].join('\n'),
  ).join('---\n');
}

function docsPage(): string {
  const chapters: string[] = [];
  for (let length = 0; length < 20_000; length += chapters.at(-1)?.length ?? 0) {
    chapters.push(`## Chapter ${chapters.length + 1}

A paragraph of the kind that docs have, with *emphasis*, \`code\` and [a link](other.md). It goes on for a while.

!!! note "Mind this"
    What stands in a box, with **strong words** and a list:

    - one
    - two

| Name | Default | What it does |
| ---- | ------- | ------------ |
| \`a\`  | \`1\`     | the first    |

\`\`\`yaml
kind: Component
metadata:
  name: component
\`\`\`

`);
  }
  chapters.splice(1, 0, 'Typed:\n\n');
  return `# Long\n\n${chapters.join('')}`;
}

/** Adds the files that the measurements edit. */
function writeAuthored(folder: string): void {
  const authored = join(folder, 'authored');
  mkdirSync(join(authored, 'docs'), { recursive: true });
  writeFileSync(
    join(authored, 'team.yaml'),
    `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: ${TEAM} }\nspec: { type: team, children: [] }\n`,
  );
  for (const count of AUTHORED) {
    writeFileSync(join(authored, `authored-${count}.yaml`), documents(count));
  }
  writeFileSync(join(authored, 'mkdocs.yml'), 'site_name: Long\n');
  writeFileSync(join(authored, 'docs', 'long-page.md'), docsPage());
  writeFileSync(join(authored, 'docs', 'other.md'), '# Other\n');
}

/** Returns two entities of a kind with members. */
function systemsIn(folder: string): readonly string[] {
  const refs: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.ya?ml$/.test(name)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    const found = /^kind: System\r?\nmetadata:\r?\n {2}name: (\S+)\r?\n(?! {2}namespace)/m.exec(
      text,
    );
    if (found) refs.push(`system:default/${found[1]?.toLowerCase()}`);
    if (refs.length === 2) break;
  }
  return refs;
}

async function measureSize(entities: number): Promise<Run> {
  const temporary = mkdtempSync(join(tmpdir(), 'callboard-windows-'));
  const folder = join(temporary, 'organization');
  generateOrganization(folder, { entities, decoys: 0 });
  const server = await serverFor('windows', { extensions: ['stopwatch'] });
  server.writeSettings({
    'workbench.reduceMotion': 'on',
    'git.enabled': false,
    // Otherwise, the extension host starts programs all the time to detect ports.
    'remote.autoForwardPorts': false,
    'security.workspace.trust.enabled': false,
    'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  });
  const [entity = '', otherEntity = ''] = systemsIn(folder);
  const keys = join(server.dataFolder, 'User', 'keybindings.json');
  const binding = (key: string, command: string, args?: string) => ({
    key: key.toLowerCase().replace('control', 'ctrl'),
    command,
    args,
  });
  writeFileSync(
    keys,
    JSON.stringify([
      ...(JSON.parse(readFileSync(keys, 'utf8')) as unknown[]).slice(0, 1),
      binding(KEYS.goToEntity, 'callboard.goToEntity'),
      binding(KEYS.search, 'callboard.search.find'),
      binding(KEYS.entity, 'callboard.entity.openPage', entity),
      binding(KEYS.otherEntity, 'callboard.entity.openPage', otherEntity),
      binding(KEYS.table, 'callboard.portal.catalog'),
      binding(KEYS.graph, 'callboard.portal.graph'),
      binding(KEYS.docs, 'callboard.docs.preview'),
    ]),
  );
  const page = await (await testContext()).newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.addInitScript(watchFrame);
  const window = new MeasuredWindow(page, server);
  for (let round = 0; round < ROUNDS; round++) {
    window.add('floor', await timed(() => walkAndRead(folder, false)));
  }
  /** Runs a step. If it fails, its rows stay empty, and the other steps still run. */
  const step = async (name: string, run: () => Promise<void>): Promise<void> => {
    if (PARTS && name !== 'warm' && !PARTS.includes(name)) return;
    const began = performance.now();
    try {
      await run();
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
      await window.workbench.screenshot(`out/e2e/windows-${entities}-${name}.png`);
    }
    console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  };
  await step('empty', () => measureEmpty(window));
  await step('warm', async () => {
    await window.load(folder);
    await window.workbench.openContainer('Callboard');
    await untilIdle(window.pid);
    while (!(await page.evaluate(isContainerStored, CONTAINER))) await sleep(500);
  });
  for (const name of ['first', 'second'] as const) {
    await step(name, async () => {
      for (let round = 0; round < ROUNDS; round++)
        await measureStart(window, server, { folder, name });
    });
  }
  writeAuthored(folder);
  await step('goToEntity', () => measureRows(window, 'goToEntity'));
  await step('search', () => measureRows(window, 'search'));
  await step('pages', () => measurePages(window));
  await step('diagnostics', () => measureDiagnostics(window, server));
  await step('docs', () => measureDocs(window));
  if (!PARTS) window.addMemory('usedMemory');
  await window.leave();
  await page.close();
  rmSync(temporary, { recursive: true, force: true });
  const rows = window.take();
  console.log(rows);
  return {
    date: new Date().toISOString().slice(0, 10),
    load: loadavg()[1] ?? 0,
    rows,
  };
}

async function main(): Promise<void> {
  const former = existsSync(RESULTS)
    ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results)
    : { sizes: {} };
  const sizes: Record<string, Run> = { ...former.sizes };
  for (const entities of SIZES) {
    console.log(`${entities} entities`);
    const { rows, ...run } = await measureSize(entities);
    sizes[entities] = { ...run, rows: { ...(PARTS && sizes[entities]?.rows), ...rows } };
    const results: Results = { sizes };
    writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
    writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), results));
  }
  process.exit();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
