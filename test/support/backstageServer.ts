import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBackstage } from '../../scripts/lib/backstageInstall.mjs';
import { cleanEnvironment } from '../../scripts/lib/environment.mjs';
import { pathWithNode } from '../../scripts/lib/nodeInstall.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { freePort } from './gitServer';

export interface BackstageServer {
  /** URL of the backend, without `/api`. */
  readonly url: string;
  /** Path of the configured descriptor. */
  readonly catalogFile: string;
  /** Kills the process, as a power failure would. */
  kill(): Promise<void>;
}

export interface BackstageServerOptions {
  /** Path of the log, one for each server. */
  readonly name: string;
  /** Descriptors by path, in their own folder; the configuration names `all.yaml`. */
  readonly files: Readonly<Record<string, string>>;
  /** Static token; undefined: no authentication. */
  readonly token?: string;
  /** Whether guests can sign in. */
  readonly hasGuest?: boolean;
  /** Additional hosts with ports that it may read descriptors from. */
  readonly reads?: readonly string[];
  /** Whether orphans stay; default: they are deleted every 30 seconds. */
  readonly keepsOrphans?: boolean;
  /** Additional configuration, and configuration of its catalog. */
  readonly config?: object;
  readonly catalog?: object;
  /** Whether it has the catalog, and guests, but no other features. It starts in about half the time. */
  readonly hasOnlyCatalog?: boolean;
  /** Whether it runs in development mode, in which it reads client metadata by http. */
  readonly isDevelopment?: boolean;
}

/**
 * Starts a real Backstage, and waits until it responds. Takes five seconds and the time to read its catalog, which it
 * refreshes continuously. Call `kill` at the end.
 */
export async function startBackstage(options: BackstageServerOptions): Promise<BackstageServer> {
  const install = await ensureBackstage();
  const folder = mkdtempSync(join(tmpdir(), 'callboard-backstage-'));
  for (const [path, text] of Object.entries(options.files)) {
    mkdirSync(dirname(join(folder, 'catalog', path)), { recursive: true });
    writeFileSync(join(folder, 'catalog', path), text);
  }
  const catalogFile = join(folder, 'catalog', 'all.yaml');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(folder, 'app-config.json'),
    JSON.stringify(configOf(options, { url, port, catalogFile })),
  );
  const logFile = inProject('out', 'logs', `backstage-${options.name}.log`);
  mkdirSync(dirname(logFile), { recursive: true });
  const entry = options.hasOnlyCatalog
    ? inProject('test', 'support', 'catalogBackstage.mjs')
    : install.entry;
  const features = [...CATALOG_FEATURES, ...(options.hasGuest ? GUEST_FEATURES : [])];
  const child = spawn(install.node, [entry, '--config', join(folder, 'app-config.json')], {
    // It resolves the packages of its configuration schema from here.
    cwd: dirname(install.entry),
    env: {
      ...cleanEnvironment(),
      PATH: pathWithNode(install.node),
      BACKSTAGE_ENTRY: install.entry,
      BACKSTAGE_FEATURES: features.join(','),
      NODE_ENV: options.isDevelopment ? 'development' : 'production',
    },
    // The server ends when its input is closed.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  let isEnded = false;
  void ended.then(() => (isEnded = true));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    log.end();
    rmSync(folder, { recursive: true, force: true });
  };
  while (!(await isReady(url))) {
    if (isEnded) throw new Error(`The Backstage of the tests did not start: see ${logFile}`);
    await sleep(100);
  }
  return { url, catalogFile, kill };
}

function configOf(
  { token, hasGuest, reads = [], keepsOrphans, config, catalog }: BackstageServerOptions,
  { url, port, catalogFile }: { url: string; port: number; catalogFile: string },
): object {
  const isOpen = token === undefined;
  return {
    app: { title: 'Test', baseUrl: url },
    organization: { name: 'Test' },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      reading: { allow: reads.map(host => ({ host })) },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      auth: isOpen
        ? { dangerouslyDisableDefaultAuthPolicy: true }
        : { externalAccess: [{ type: 'static', options: { token, subject: 'callboard' } }] },
    },
    // Every conflict would stall the database in memory for a minute.
    events: { useEventBus: 'never' },
    ...(hasGuest && {
      auth: { providers: { guest: { dangerouslyAllowOutsideDevelopment: true } } },
    }),
    techdocs: {
      builder: 'local',
      generator: { runIn: 'local' },
      publisher: { type: 'local' },
    },
    catalog: {
      processingInterval: { seconds: 1 },
      ...(keepsOrphans && { orphanStrategy: 'keep' }),
      rules: [{ allow: ALL_KINDS }],
      locations: [{ type: 'file', target: catalogFile }],
      ...catalog,
    },
    ...config,
  };
}

const ALL_KINDS = [
  'Component',
  'API',
  'Resource',
  'System',
  'Domain',
  'Group',
  'User',
  'Location',
  'Template',
];

const CATALOG_FEATURES = [
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-catalog-backend-module-scaffolder-entity-model',
];
const GUEST_FEATURES = [
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-auth-backend-module-guest-provider',
];

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/.backstage/health/v1/readiness`)).ok;
  } catch {
    return false;
  }
}
