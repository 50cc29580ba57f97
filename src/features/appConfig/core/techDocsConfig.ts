import { readConfigFiles } from './appConfig';
import type { ConfigIssue, ReadConfigDeps } from './configFile';
import { configAt, configItems, configText, configTypeName } from './configNode';

/** Settings of TechDocs' generator that widen what a `mkdocs.yml` may contain. */
export interface TechDocsConfig {
  readonly defaultPlugins: readonly string[];
  readonly additionalKeys: readonly string[];
  readonly additionalPlugins: readonly string[];
  readonly additionalExtensions: readonly string[];
  readonly issues: readonly ConfigIssue[];
  /** URIs of all files that were read, or would be if they existed. */
  readonly files: readonly string[];
}

const MKDOCS = 'techdocs.generator.mkdocs';

/**
 * Reads and merges the configs of a Backstage, followed by `APP_CONFIG_…` variables.
 *
 * Source: `readGeneratorConfig` of `plugins/techdocs-node`.
 *
 * @param uris - config files in the order of the backend's `--config` options
 */
export async function readTechDocsConfig(
  uris: readonly string[],
  deps: ReadConfigDeps,
): Promise<TechDocsConfig> {
  const { node, files, ...reading } = await readConfigFiles(uris, {
    ...deps,
    keys: ['techdocs'],
    isOfInterest: key => key?.startsWith(MKDOCS) ?? true,
  });
  const issues = [...reading.issues];
  const texts = (name: string): readonly string[] => {
    const key = `${MKDOCS}.${name}`;
    const list = configAt(node, key);
    const wrong = list?.type === 'list' ? undefined : list;
    if (wrong) {
      const message = `Invalid type in config for key '${key}', got ${configTypeName(wrong)}, wanted string-array`;
      issues.push({ code: 'app-config-invalid', message, place: wrong.place, key });
    }
    return configItems(list).flatMap(item => configText(item) ?? []);
  };
  return {
    defaultPlugins: texts('defaultPlugins'),
    additionalKeys: texts('dangerouslyAllowAdditionalKeys'),
    additionalPlugins: texts('dangerouslyAllowAdditionalPlugins'),
    additionalExtensions: texts('dangerouslyAllowAdditionalExtensions'),
    issues,
    files,
  };
}
