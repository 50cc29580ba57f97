import type { Environment, FileSystem } from '../../../../../platform/core/ports';
import { readScaffolderConfig, type ScaffolderConfig } from '../../../../appConfig/core';
import { parseYamlDocuments } from '../../ingest/yaml/yamlDocuments';
import { defaultCatalogOptions } from '../../options';

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
