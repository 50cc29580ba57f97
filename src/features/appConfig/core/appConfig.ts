import type { DisabledLines } from '../../../model';
import { type CatalogConfig, readCatalogConfig } from './catalogConfig';
import type { ConfigIssue, ReadConfigDeps } from './configFile';
import { readConfigFiles } from './configFiles';
import { asWritten, type WrittenValues } from './configNode';

/** What the configs of a Backstage say of its catalog. */
export interface AppConfig {
  readonly catalog: CatalogConfig;
  readonly issues: readonly ConfigIssue[];
  /** URIs of all files that the config was made from, or would be if they existed. */
  readonly files: readonly string[];
  /** Lines on which comments disable problems, by the URI of the file that was read. */
  readonly disabledLines: ReadonlyMap<string, DisabledLines>;
  /** For messages about the catalog, which show values as they are written. */
  readonly written: WrittenValues;
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
  const {
    node: merged,
    issues,
    files,
    disabledLines,
    written,
  } = await readConfigFiles(uris, {
    ...deps,
    keys: KEYS,
    // What else a server does, and with which secrets, is its own business.
    isOfInterest: key => key === undefined || isOfCatalog(key),
  });
  const { config, issues: catalogIssues } = readCatalogConfig(merged, deps.kinds);
  const allIssues = [...issues, ...catalogIssues].map(issue => ({
    ...issue,
    message: asWritten(issue.message, written),
  }));
  const identity = JSON.stringify([merged, allIssues, files, disabledLines], (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
  );
  return { catalog: config, issues: allIssues, files, disabledLines, written, identity };
}

function isOfCatalog(key: string): boolean {
  return /^catalog(?:\.|\[|$)/.test(key);
}
