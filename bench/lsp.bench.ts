import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileUriToPath } from '../src/platform/node';
import { LspProcess } from '../test/support/lspProcess';
import { measureTemplate, timesOfTyping } from './lspTemplate';
import { describe, print, report } from './measuring';
import { cachedOrganization } from './organization';
import { WatchedServer } from './watchedServer';

/*
 * Response times of the packed language server in a separate process, with a catalog of 10,000 entities, compared
 * with the stand-alone yaml-language-server on the same files. Times are measured by the client, from sending a
 * message until its response is read. The server's own time for an edit, without its delay for further edits, is
 * printed as well.
 */

const FILE = 'bench-authored.yaml';
const EDITS = 60;
/** Delay of the engine for further edits, in milliseconds. */
const DEBOUNCE = 40;

/** Each document has another unknown owner: several places of one owner are one problem. */
const unknownOwner = (index: number): string => `user:nobody-${index}`;

function documentsWith(count: number, ownerOf = unknownOwner): string {
  return Array.from({ length: count }, (_, index) => aDocument(index, ownerOf(index))).join(
    '---\n',
  );
}

function aDocument(index: number, owner: string): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: authored-${index}`,
    '  description: One of many in this file, as authors of monorepos have them.',
    '  annotations:',
    '    backstage.io/techdocs-ref: url:https://example.com/docs',
    'spec:',
    '  type: service',
    '  lifecycle: production',
    `  owner: ${owner}`,
    '',
  ].join('\n');
}

/** Lines of a document, and the lines and columns of its fields, below the `---`. */
const LINES = 12;
const OWNER_LINE = 10;
const OWNER_COLUMN = '  owner: '.length;
const NAME_LINE = 3;
const NAME_COLUMN = '  name: '.length;
const ROUNDS = 20;

async function ready(
  command: readonly string[],
  folder: string,
  settings = {},
): Promise<LspProcess> {
  const start = performance.now();
  const client = new LspProcess(command, folder);
  client.settings = settings;
  await client.initialize();
  print('ready for requests', performance.now() - start);
  return client;
}

function reportServer(name: string, server: WatchedServer | undefined): void {
  const times = server?.take() ?? [];
  if (!times.length) return;
  report(
    `${name}, in the server, less the debounce`,
    times.map(({ whole }) => whole - DEBOUNCE),
  );
  report(
    `${name}, computing`,
    times.map(({ active }) => active),
  );
}

async function measure(
  client: LspProcess,
  count: number,
  server: WatchedServer | undefined,
): Promise<void> {
  const isPeer = !server;
  const text = documentsWith(count);
  const middle = Math.floor(count / 2) * LINES;
  const start = { line: middle + OWNER_LINE, character: OWNER_COLUMN };
  // The owner is replaced by a list and restored in turn: a list is invalid for both servers.
  const wrong = '[a, list]';
  const right = unknownOwner(Math.floor(count / 2));
  let written = right;
  writeFileSync(join(client.folder, FILE), text);
  client.open(FILE, text);
  const marks = (shown: readonly { range: unknown }[]): number =>
    shown.filter(diagnostic => lineOf(diagnostic) === start.line).length;
  const before = isPeer ? 0 : 1;
  await client.untilShown(FILE, shown => isPeer || shown.length >= count);
  server?.take();
  const edits: number[] = [];
  const completions: number[] = [];
  const hovers: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const next = edit % 2 ? right : wrong;
    const range = { start, end: { ...start, character: start.character + written.length } };
    const sent = performance.now();
    const known = client.diagnostics.get(client.uriOf(FILE));
    client.change(FILE, next, range);
    await client.untilShown(
      FILE,
      shown =>
        shown !== known &&
        (next === wrong ? isErroneous(shown, start.line) : marks(shown) === before),
    );
    edits.push(performance.now() - sent);
    written = next;
    if (next !== right) continue;
    const completed = performance.now();
    await client.at('completion', FILE, [start.line, start.character + 2]);
    completions.push(performance.now() - completed);
    const hovered = performance.now();
    await client.at('hover', FILE, [start.line, 4]);
    hovers.push(performance.now() - hovered);
  }
  report(`${count} documents: edit to diagnostics`, edits);
  reportServer(`${count} documents: edit`, server);
  report(`${count} documents: completion of an owner`, completions);
  report(`${count} documents: hover of a field`, hovers);
  for (const method of ['completion', 'hover'] as const) {
    const behind = { ...start, character: start.character + 'user:'.length };
    const times = await timesOfTyping(client, { file: FILE, start: behind, typed: 'n', method });
    report(`${count} documents: ${method} at an owner right after a keystroke`, times);
  }
  if (server) {
    await measureMoved(client, count, server);
    await measureRequests(client, count, middle);
  }
  client.close(FILE);
  rmSync(join(client.folder, FILE));
}

/** Inserts and deletes a line at the top of the file, so that all problems below are published again. */
async function measureMoved(
  client: LspProcess,
  count: number,
  server: WatchedServer,
): Promise<void> {
  const lastLine = count * LINES - 2;
  const start = { line: NAME_LINE + 1, character: 0 };
  const edits: number[] = [];
  server.take();
  for (let edit = 0; edit < EDITS; edit++) {
    const isLonger = edit % 2 === 0;
    const sent = performance.now();
    const end = isLonger ? start : { ...start, line: start.line + 1 };
    client.change(FILE, isLonger ? '  title: One line more\n' : '', { start, end });
    const awaited = lastLine + (isLonger ? 1 : 0);
    await client.untilShown(FILE, shown => lineOf(shown.at(-1)) === awaited);
    edits.push(performance.now() - sent);
  }
  report(`${count} documents: a line at the top to diagnostics`, edits);
  reportServer(`${count} documents: a line at the top`, server);
}

/** Measures the same in a file without other problems. */
async function measureOneProblem(
  client: LspProcess,
  count: number,
  server: WatchedServer,
): Promise<void> {
  const [team] = (await client.request('workspace/symbol', {
    query: 'group:',
  })) as readonly FoundSymbol[];
  // The title follows the name of a symbol.
  const right = `group:${team?.name.split(' ', 1)[0]}`;
  const wrong = '[a, list]';
  const line = Math.floor(count / 2) * LINES + OWNER_LINE;
  const start = { line, character: OWNER_COLUMN };
  const text = documentsWith(count, () => right);
  writeFileSync(join(client.folder, FILE), text);
  client.diagnostics.delete(client.uriOf(FILE));
  client.open(FILE, text);
  await client.untilShown(FILE, shown => shown.length === 0);
  server.take();
  const edits: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const [written, next] = edit % 2 ? [wrong, right] : [right, wrong];
    const sent = performance.now();
    const range = { start, end: { line, character: OWNER_COLUMN + written.length } };
    client.change(FILE, next, range);
    await client.untilShown(FILE, shown =>
      next === wrong ? isErroneous(shown, line) : shown.length === 0,
    );
    edits.push(performance.now() - sent);
  }
  report(`${count} documents, one problem: edit to diagnostics`, edits);
  reportServer(`${count} documents, one problem: edit`, server);
  client.close(FILE);
  rmSync(join(client.folder, FILE));
}

/** Measures the requests of editors after each edit: for the whole file, and for the visible lines. */
async function measureRequests(client: LspProcess, count: number, middle: number): Promise<void> {
  const textDocument = { uri: client.uriOf(FILE) };
  const range = { start: { line: middle, character: 0 }, end: { line: middle + 50, character: 0 } };
  const owner = { line: middle + OWNER_LINE, character: OWNER_COLUMN };
  const requests: readonly (readonly [name: string, method: string, params: object])[] = [
    ['semantic tokens', 'semanticTokens/full', {}],
    ['code lenses', 'codeLens', {}],
    ['document symbols', 'documentSymbol', {}],
    ['folding ranges', 'foldingRange', {}],
    ['document links', 'documentLink', {}],
    ['inlay hints of 50 lines', 'inlayHint', { range }],
    [
      'code actions at an owner',
      'codeAction',
      { range: { start: owner, end: owner }, context: { diagnostics: [] } },
    ],
  ];
  const times = new Map<string, number[]>(requests.map(([name]) => [name, []]));
  const at = { line: middle + NAME_LINE, character: NAME_COLUMN };
  for (let round = 0; round < ROUNDS; round++) {
    client.change(FILE, 'x', { start: at, end: at });
    for (const [name, method, params] of requests) {
      const sent = performance.now();
      await client.request(`textDocument/${method}`, { textDocument, ...params });
      times.get(name)?.push(performance.now() - sent);
    }
  }
  for (const [name, found] of times) report(`${count} documents: ${name} after an edit`, found);
}

/** Measures requests that search the whole catalog, at a team with many references. */
async function measureCatalog(client: LspProcess, folder: string): Promise<void> {
  const symbols = async (query: string): Promise<readonly FoundSymbol[]> =>
    (await client.request('workspace/symbol', { query })) as readonly FoundSymbol[];
  const finding: number[] = [];
  for (const query of ['', 'a', 'payments', 'pay-serv', 'zzzzz'].flatMap(one => [one, one, one])) {
    const sent = performance.now();
    await symbols(query);
    finding.push(performance.now() - sent);
  }
  report('workspace symbols', finding);
  const teams = (await symbols('group:')).slice(0, ROUNDS);
  const referring: number[] = [];
  const renaming: number[] = [];
  for (const { location } of teams) {
    const path = relative(folder, fileUriToPath(location.uri));
    client.open(path, readFileSync(join(folder, path), 'utf8'));
    const { line, character } = location.range.start;
    const asked = performance.now();
    await client.at('references', path, [line, character], {
      context: { includeDeclaration: true },
    });
    referring.push(performance.now() - asked);
    const sent = performance.now();
    await client.at('rename', path, [line, character], { newName: 'another-name-of-it' });
    renaming.push(performance.now() - sent);
    client.close(path);
  }
  report('references of a team', referring);
  report('rename of a team', renaming);
}

interface FoundSymbol {
  readonly name: string;
  readonly location: {
    readonly uri: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
  };
}

function lineOf(diagnostic: { readonly range: unknown } | undefined): number | undefined {
  return (diagnostic?.range as { start: { line: number } } | undefined)?.start.line;
}

function isErroneous(
  shown: readonly { readonly range: unknown; readonly severity?: number }[],
  line: number,
): boolean {
  return shown.some(diagnostic => diagnostic.severity === 1 && lineOf(diagnostic) === line);
}

/** Schema for the stand-alone server, as detailed as Backstage's. */
const schema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    spec: {
      type: 'object',
      required: ['type', 'lifecycle', 'owner'],
      properties: {
        type: { type: 'string', description: 'The type.' },
        lifecycle: { type: 'string', description: 'How far it has come.' },
        owner: { type: 'string', description: 'Who owns it.' },
      },
    },
  },
};

async function main(): Promise<void> {
  const organization = cachedOrganization({ entities: 10_000 });
  console.log(`  ${describe(organization)}`);
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'ignore' });
  const sizes = [1, 10, 100, 1000];

  console.log('  Callboard');
  const program = join(process.cwd(), 'dist', 'cli.js');
  const server = await WatchedServer.create();
  const command = [...server.args, program, 'lsp', '--stdio'];
  const callboard = await ready(command, organization.folder);
  for (const count of sizes) await measure(callboard, count, server);
  for (const count of sizes) await measureOneProblem(callboard, count, server);
  await measureTemplate(callboard);
  await measureCatalog(callboard, organization.folder);
  await callboard.end();
  server.dispose();

  console.log('  yaml-language-server, which knows the fields alone');
  const temporary = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  const schemaFile = join(temporary, 'component.json');
  writeFileSync(schemaFile, JSON.stringify(schema));
  const bin = join(process.cwd(), 'node_modules/yaml-language-server/bin/yaml-language-server');
  const peer = await ready([bin, '--stdio'], temporary, {
    yaml: { schemaStore: { enable: false }, schemas: { [schemaFile]: FILE } },
  });
  for (const count of sizes) await measure(peer, count, undefined);
  await peer.end();
  rmSync(temporary, { recursive: true });
}

void main();
