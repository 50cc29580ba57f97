import type { ConfigIssue, ReadConfigDeps } from './configFile';
import { readConfigFiles } from './appConfig';
import { configAt, type ConfigNode, configText, configTypeName } from './configNode';
import { configuredHosts } from './readableHosts';

/** What the configs of a Backstage say of its scaffolder. */
export interface ScaffolderConfig {
  /** The kinds of integrations (`github`, `gitlab`, …), by hosts. */
  readonly integrations: ReadonlyMap<string, string>;
  /** What all Templates get as `environment`. */
  readonly environment: TemplateEnvironment;
  readonly issues: readonly ConfigIssue[];
}

export interface TemplateEnvironment {
  readonly parameters: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Nothing else is read: a config also holds secrets, and names files that only a server has. */
const KEYS = ['integrations', 'scaffolder'];
const ENVIRONMENT = 'scaffolder.defaultEnvironment';

/**
 * Reads the configs of a Backstage, each laid over the ones before, and the variables `APP_CONFIG_…` over all of them.
 *
 * Source: `ScmIntegrations.fromConfig`, and `resolveDefaultEnvironment` of `plugins/scaffolder-backend`.
 *
 * @param uris - of the config files, in the order of the `--config` options of the backend
 */
export async function readScaffolderConfig(
  uris: readonly string[],
  deps: ReadConfigDeps,
): Promise<ScaffolderConfig> {
  const { node: merged, ...reading } = await readConfigFiles(uris, {
    ...deps,
    keys: KEYS,
    isOfInterest: key => key?.startsWith(ENVIRONMENT) ?? true,
  });
  const issues = [...reading.issues];
  return {
    integrations: configuredHosts(merged),
    environment: {
      parameters: textsAt(merged, `${ENVIRONMENT}.parameters`, issues),
      secrets: textsAt(merged, `${ENVIRONMENT}.secrets`, issues),
    },
    issues,
  };
}

function textsAt(
  config: ConfigNode | undefined,
  path: string,
  issues: ConfigIssue[],
): Readonly<Record<string, string>> {
  const node = configAt(config, path);
  const texts: [string, string][] = [];
  for (const [name, value] of node?.type === 'map' ? node.entries : []) {
    const text = configText(value);
    if (text !== undefined && text !== '') texts.push([name, text]);
    else {
      const key = `${path}.${name}`;
      const message = `Invalid type in config for key '${key}', got ${configTypeName(value)}, wanted string`;
      issues.push({ code: 'app-config-invalid', message, place: value.place, key });
    }
  }
  return Object.fromEntries(texts);
}
