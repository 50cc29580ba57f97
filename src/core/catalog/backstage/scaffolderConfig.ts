import { readScaffolderConfig, type ScaffolderConfig } from '../../appConfig';
import type { FileSystem } from '../../ports';
import { parseYamlDocuments } from '../ingest/yamlDocuments';
import { defaultCatalogOptions } from '../options';
import type { Environment } from '../../ports';

/** What the configs of a Backstage (URIs) say of its scaffolder. */
export function scaffolderConfigOf(
  configs: readonly string[],
  deps: { readonly fileSystem: FileSystem; readonly environment: Environment },
): Promise<ScaffolderConfig> {
  return readScaffolderConfig(configs, {
    ...deps,
    parse: parseYamlDocuments,
    maxFileSize: defaultCatalogOptions.maxFileSize,
  });
}
