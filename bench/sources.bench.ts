import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { silentLogger } from '../src/base';
import { CatalogEngine } from '../src/features/catalog/core';
import { NodeGitMirrors } from '../src/features/scm/node/mirrors/gitMirrors';
import type { RemoteSource } from '../src/features/sources/core';
import { openGitSource } from '../src/features/sources/core/git/gitSource';
import { NodeClock, NodeFileSystem } from '../src/platform/node';
import { GitHttpServer } from '../test/support/gitServer';
import { noHttp } from '../test/support/noHttp';
import { print, timed } from './measuring';
import { cachedOrganization, type Organization } from './organization';

/*
 * Cost of remote sources: a first fetch until all entities are in the catalog, and the traffic and time of a refresh. The
 * remote machine is a server on the loopback interface; the floor is a clone by git itself.
 */

const ENTITIES = Number(process.env['CALLBOARD_BENCH_ENTITIES'] ?? 10_000);
const { signal } = new AbortController();

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-sources-'));
  const server = await GitHttpServer.start(folder);
  try {
    const organization = cachedOrganization({ entities: ENTITIES, decoys: 2 * ENTITIES });
    serve(organization, join(folder, 'organization'));
    const { entities, files, otherFiles } = organization;
    console.log(`Git: ${entities} entities in ${files} files, among ${otherFiles} others`);
    await benchGit(folder, server);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchGit(folder: string, server: GitHttpServer): Promise<void> {
  const url = server.url('organization/.git');
  const clone = join(folder, 'clone');
  const floor = await timed(() =>
    promisify(execFile)('git', ['clone', '--quiet', '--depth=1', url, clone]),
  );
  print('Floor: git clone --depth=1', floor);
  console.log(`  ${takeTraffic(server)}`);
  const source = open(folder, server);
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
  });
  await engine.refresh();
  engine.addSource(source);
  print('First fetch', await timed(() => source.fetch({ signal })), floor);
  console.log(`  ${takeTraffic(server)}`);
  print('Its entities in the catalog', await timed(() => engine.sourcesRead()), floor);
  console.log(`  ${engine.getEntityRefs().length} entities`);
  print('A refresh, nothing new', await timed(() => source.fetch({ signal })));
  console.log(`  ${takeTraffic(server)}`);
  changeOne(join(folder, 'organization'));
  print('A refresh, one file changed', await timed(() => source.fetch({ signal })));
  console.log(`  ${takeTraffic(server)}`);
  print('What changed in the catalog', await timed(() => engine.sourcesRead()));
  source.dispose();
  const again = open(folder, server);
  print('Loading the copy at the next start', await timed(() => again.restore()));
  again.dispose();
  engine.dispose();
}

function open(folder: string, server: GitHttpServer): RemoteSource {
  const mirrors = new NodeGitMirrors({
    storage: join(folder, 'storage'),
    isNamed: host => host === server.host,
    logger: silentLogger,
  });
  return openGitSource(
    {
      type: 'git',
      id: 'git:bench',
      key: 'bench',
      name: 'Bench',
      allow: ['*'],
      interval: 60_000,
      color: undefined,
      branch: undefined,
      paths: [],
      url: server.url('organization/.git'),
    },
    {
      mirrors,
      store: undefined,
      clock: new NodeClock(),
      logger: silentLogger,
      hosts: () => new Map(),
      http: noHttp,
      credentials: { authorization: () => Promise.resolve(undefined) },
    },
    mirrors,
  );
}

function serve({ folder }: Organization, repository: string): void {
  execFileSync('cp', ['-r', folder, repository]);
  git(repository, 'init', '--quiet', '--initial-branch=main');
  git(repository, 'config', 'uploadpack.allowFilter', 'true');
  git(repository, 'config', 'gc.auto', '0');
  commit(repository);
  git(repository, 'repack', '-a', '-d', '--quiet');
}

function changeOne(repository: string): void {
  const listed = git(repository, 'ls-files', '*catalog-info.yaml').split('\n');
  appendFileSync(join(repository, listed[0] ?? ''), '\n# Changed\n');
  commit(repository);
}

function commit(repository: string): void {
  git(repository, 'add', '--all', '--force');
  git(
    repository,
    ...['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'],
    ...['commit', '--quiet', '-m', 'A change'],
  );
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
}

/** Returns the traffic since the last call, as a text. */
function takeTraffic(server: GitHttpServer): string {
  const requests = server.requests.splice(0).length;
  const { bytes } = server;
  server.bytes = 0;
  return `${requests} requests, ${bytes < 100_000 ? `${bytes} bytes` : `${(bytes / 1e6).toFixed(1)} MB`}`;
}

void main();
