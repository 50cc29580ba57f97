import type { Environment, FileSystem } from '../../../../../platform/core/ports';
import {
  readScaffolderConfig,
  type ScaffolderConfig,
} from '../../../../appConfig/core/scaffolderConfig';
import { parseYamlDocuments } from '../../ingest/yaml/yamlDocuments';
import { defaultCatalogOptions } from '../../options';

/** Reads the scaffolder configuration from app-config files (URIs). */
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
