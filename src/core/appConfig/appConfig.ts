import { type CatalogConfig, readCatalogConfig } from './catalogConfig';
import { type ConfigIssue, readConfigFile, type ReadConfigDeps } from './configFile';
import { type ConfigNode, mergeConfigs } from './configNode';
import { environmentConfig } from './environmentConfig';
import { EMPTY_RANGE } from '../../base';

/** What the configs of a Backstage say of its catalog. */
export interface AppConfig {
  readonly catalog: CatalogConfig;
  readonly issues: readonly ConfigIssue[];
  /** URIs of all files that the config was made from, or would be if they existed. */
  readonly files: readonly string[];
  /** Equal for configs that say the same in the same places. */
  readonly identity: string;
}

/** Nothing else is read: a config also holds secrets, and names files that only a server has. */
const KEYS = ['catalog', 'integrations', 'backend'];

/**
 * Reads the configs of a Backstage, each laid over the ones before, and the variables `APP_CONFIG_…`
 * over all of them; without any config there is no Backstage that they could belong to.
 *
 * @param uris - of the config files, in the order of the `--config` options of the backend
 * @param deps.kinds - the kinds that rules can sensibly allow
 */
export async function readAppConfig(
  uris: readonly string[],
  deps: ReadConfigDeps & { readonly kinds: readonly string[] },
): Promise<AppConfig> {
  const issues: ConfigIssue[] = [];
  const files = new Set<string>();
  let merged: ConfigNode | undefined;
  for (const uri of uris) {
    const reading = await readConfigFile(uri, KEYS, deps);
    // What else a server does, and with which secrets, is its own business.
    issues.push(...reading.issues.filter(({ key }) => key === undefined || isOfCatalog(key)));
    for (const file of reading.files) files.add(file);
    merged = mergeConfigs(reading.node, merged);
  }
  const last = uris.at(-1);
  if (last !== undefined) {
    const place = { file: last, range: EMPTY_RANGE };
    const { node, issues: environmentIssues } = environmentConfig(deps.environment, KEYS, place);
    issues.push(...environmentIssues);
    merged = mergeConfigs(node, merged);
  }
  const { config, issues: catalogIssues } = readCatalogConfig(merged, deps.kinds);
  const allIssues = [...issues, ...catalogIssues];
  const identity = JSON.stringify([merged, allIssues, [...files]], (_, value: unknown) =>
    value instanceof Map ? [...(value as Map<unknown, unknown>)] : value,
  );
  return { catalog: config, issues: allIssues, files: [...files], identity };
}

function isOfCatalog(key: string): boolean {
  return /^catalog(?:\.|\[|$)/.test(key);
}
