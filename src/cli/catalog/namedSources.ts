import { join } from 'node:path';
import { onDemand } from '../../base';
import { readCatalogOptions } from '../../features/catalog/core';
import { loadGitMirrors } from '../../features/scm/node';
import type { RemoteSource, SourceConfig } from '../../features/sources/core';
import { isHostPattern, readForgeHosts } from '../../platform/core/hosts';
import { loadOutputs, makeFolder, NodeBlobStore } from '../../platform/node';
import { type CommandContext, UsageError } from '../command';
import { namedEnvironment } from '../namedEnvironment';
import type { ParsedCommand } from '../options';
import { settingsOfConfigs } from '../templateSettings';
import { terminalLogger, warn } from '../terminal';
import { cacheFolder } from '../cacheFolder';
import { quietSettings } from './folderSettings';

/** The sources that a command line names, and their network options. */
export interface NamedSources {
  /** Configs by precedence, the first wins. */
  readonly configs: readonly SourceConfig[];
  /** Whether network access is off. */
  readonly isOffline: boolean;
  readonly open: (config: SourceConfig) => Promise<RemoteSource>;
}

/** The sources in the settings of a folder. */
interface SettingSources {
  readonly configs: readonly SourceConfig[];
  readonly hosts: readonly string[];
  /** Types of forges by host. */
  readonly types: ReadonlyMap<string, string>;
}

const NO_SETTINGS: SettingSources = { configs: [], hosts: [], types: new Map() };

/**
 * Reads `--source` and related options; undefined if they name no source.
 *
 * @param folder - URI of the folder whose settings count with `--sources-of-settings`
 * @throws UsageError for an invalid source
 */
export async function readNamedSources(
  parsed: ParsedCommand,
  context: CommandContext,
  folder: string,
): Promise<NamedSources | undefined> {
  const { options } = parsed;
  const written = options.get('source') ?? [];
  const countsSettings = options.has('sources-of-settings');
  if (!written.length && !countsSettings) {
    const [needless] = ['source-allow', 'allow-host', 'offline'].filter(name => options.has(name));
    if (needless !== undefined)
      throw new UsageError(`--${needless} needs --source or --sources-of-settings`);
    return undefined;
  }
  const get = await quietSettings(folder, context);
  const allowed = options.get('source-allow') ?? [];
  const { unknownKinds } = await import('../../features/sources/core');
  const kinds = readCatalogOptions(get).options.customKinds.map(({ kind }) => kind);
  const [unknown] = unknownKinds(allowed, kinds);
  if (unknown !== undefined) throw new UsageError(`--source-allow names ${unknown}`);
  const settings = countsSettings ? await readSettingSources(get, kinds, context) : NO_SETTINGS;
  const configs = await readConfigs(written, allowed);
  // The token is only for hosts named on the command line: anyone who proposes a change can edit the settings.
  const trusted = backstagesAmong([...configs.values()]);
  // The command line overrides a source of the settings.
  for (const config of settings.configs) {
    if (!configs.has(config.id)) configs.set(config.id, config);
  }
  const all = [...configs.values()];
  if (!all.length) return undefined;
  return {
    configs: all,
    isOffline: options.has('offline'),
    open: await opener(all, { trusted, settings, parsed, context }),
  };
}

async function readSettingSources(
  get: (key: string) => unknown,
  customKinds: readonly string[],
  { terminal }: CommandContext,
): Promise<SettingSources> {
  const { readHosts, readSources } = await import('../../features/sources/core');
  const sources = readSources(get('callboard.catalog.sources'), customKinds);
  const { hosts, problems } = readHosts(get('callboard.catalog.hosts'));
  for (const problem of [...sources.problems, ...problems]) warn(terminal, `settings: ${problem}`);
  const types = readForgeHosts(get('callboard.templates.integrations'));
  return { configs: sources.configs, hosts, types };
}

async function readConfigs(
  written: readonly string[],
  allowed: readonly string[],
): Promise<Map<string, SourceConfig>> {
  const { parseSourceAddress } = await import('../../features/sources/core');
  const configs = new Map<string, SourceConfig>();
  for (const text of written) {
    const config = parseSourceAddress(text);
    if (!config.ok) throw new UsageError(`--source: ${config.error}`);
    const { value } = config;
    configs.set(value.id, { ...value, allow: withKinds(value.allow, allowed) });
  }
  return configs;
}

/** Returns the rules of a source with additional allowed kinds. */
function withKinds(rules: readonly string[], kinds: readonly string[]): readonly string[] {
  if (kinds.includes('*')) return ['*'];
  const added = new Set(kinds.map(kind => `!${kind.toLowerCase()}`));
  return rules.filter(rule => !added.has(rule.toLowerCase()));
}

function backstagesAmong(configs: readonly SourceConfig[]): readonly string[] {
  return configs.flatMap(config => (config.type === 'backstage' ? config.url : []));
}

async function opener(
  configs: readonly SourceConfig[],
  {
    trusted,
    settings,
    parsed: { options },
    context,
  }: {
    /** Addresses of the Backstages that may receive the environment's token. */
    readonly trusted: readonly string[];
    readonly settings: SettingSources;
    readonly parsed: ParsedCommand;
    readonly context: CommandContext;
  },
): Promise<(config: SourceConfig) => Promise<RemoteSource>> {
  const { clock, env, terminal } = context;
  const {
    DefaultSourceHttp,
    EnvironmentSourceTokens,
    hostsOfSources,
    isNamedForGit,
    openRemoteSource,
    openWildcards,
    TokenCredentials,
    typesOfSources,
    withApiHosts,
  } = await import('../../features/sources/core');
  const { openBackstageSource } = await import('../../features/backstage/core');
  const { AllowedHosts } = await import('../../platform/core/hosts');
  const { environmentProxy, GuardedHttpClient } = await loadOutputs();
  const { NodeGitMirrors } = await loadGitMirrors();
  const allowed = options.get('allow-host') ?? [];
  const wrong = allowed.find(host => !isHostPattern(host));
  if (wrong !== undefined) {
    throw new UsageError(
      `--allow-host must be a host name, such as github.com or *.acme.org, not ${wrong}`,
    );
  }
  const { hosts: configured } = await settingsOfConfigs(
    options.get('config') ?? [],
    namedEnvironment(options, context),
    context,
  );
  const types = new Map([...configured, ...settings.types, ...typesOfSources(configs)]);
  const named = [...allowed, ...settings.hosts];
  const hosts = new AllowedHosts([
    ...hostsOfSources(configs, types),
    ...withApiHosts(named, types),
  ]);
  const backstages = backstagesAmong(configs);
  const logger = terminalLogger(terminal);
  const credentials = new TokenCredentials({
    tokens: new EnvironmentSourceTokens(env, trusted),
    types: () => types,
    backstages: () => backstages,
  });
  const http = new DefaultSourceHttp({
    allowed: () => hosts,
    openHttp: isNamed =>
      Promise.resolve(new GuardedHttpClient({ isNamed, proxyOf: environmentProxy(env) })),
    credentials,
    clock,
  });
  const storage = cacheFolder(env, 'sources');
  // Contents fetched with a token must not be readable for other users. If the folder can't be created, the write fails
  // and reports why.
  await makeFolder(storage, 0o700).catch(() => {});
  const mirrors = new NodeGitMirrors({
    storage: join(storage, 'git'),
    isNamed: host => isNamedForGit(host, new AllowedHosts(named)),
    logger,
  });
  const wildcards = onDemand(() =>
    openWildcards({
      credentials,
      clock,
      logger,
      prefix: 'wildcards',
      mirrors: () => Promise.resolve(mirrors),
      mayAsk: url => http.mayAsk(url),
    }),
  );
  return config =>
    openRemoteSource(
      config,
      {
        http,
        mirrors,
        wildcards,
        credentials,
        clock,
        logger,
        store: new NodeBlobStore(join(storage, config.key)),
        hosts: () => types,
      },
      openBackstageSource,
    );
}
