import { readScaffolderConfig, type ScaffolderConfig } from '../../../appConfig/core';
import type { FileSystem } from '../../../../platform/core/ports';
import { parseYamlDocuments } from '../ingest/yamlDocuments';
import { defaultCatalogOptions } from '../options';
import type { Environment } from '../../../../platform/core/ports';

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
