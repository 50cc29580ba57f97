import type { ConfigIssue, ReadConfigDeps } from './configFile';
import { readConfigFiles } from './appConfig';
import { configAt, type ConfigNode, configText, configTypeName } from './configNode';
import { configuredHosts } from './readableHosts';

/** Scaffolder settings of a Backstage's configs. */
export interface ScaffolderConfig {
  /** Integration kinds (`github`, `gitlab`, …) by host. */
  readonly integrations: ReadonlyMap<string, string>;
  /** The value of `integrations`. */
  readonly integrationSettings: ConfigNode | undefined;
  /** `environment` of all templates. */
  readonly environment: TemplateEnvironment;
  readonly issues: readonly ConfigIssue[];
}

export interface TemplateEnvironment {
  readonly parameters: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Keys to read. Other keys may contain secrets and names of files on the server. */
const KEYS = ['integrations', 'scaffolder'];
const ENVIRONMENT = 'scaffolder.defaultEnvironment';

/**
 * Reads and merges the configs of a Backstage, followed by `APP_CONFIG_…` variables.
 *
 * Source: `ScmIntegrations.fromConfig`, and `resolveDefaultEnvironment` of `plugins/scaffolder-backend`.
 *
 * @param uris - config files in the order of the backend's `--config` options
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
    integrationSettings: configAt(merged, 'integrations'),
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
