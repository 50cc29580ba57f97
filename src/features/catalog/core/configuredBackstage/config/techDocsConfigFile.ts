import type { Environment, FileSystem } from '../../../../../platform/core/ports';
import { readTechDocsConfig, type TechDocsConfig } from '../../../../appConfig/core/techDocsConfig';
import { parseYamlDocuments } from '../../ingest/yaml/yamlDocuments';
import { defaultCatalogOptions } from '../../options';

/** Reads the configuration of the TechDocs generator from app-config files (URIs). */
export function techDocsConfigOf(
  configs: readonly string[],
  deps: { readonly fileSystem: FileSystem; readonly environment: Environment },
): Promise<TechDocsConfig> {
  return readTechDocsConfig(configs, {
    ...deps,
    parse: parseYamlDocuments,
    maxFileSize: defaultCatalogOptions.maxFileSize,
  });
}
