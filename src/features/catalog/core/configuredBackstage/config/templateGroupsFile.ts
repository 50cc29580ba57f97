import type { Environment, FileSystem } from '../../../../../platform/core/ports';
import type { TemplateGroups } from '../../../../appConfig/core';
import { readTemplateGroups } from '../../../../appConfig/core/templateGroups';
import { parseYamlDocuments } from '../../ingest/yaml/yamlDocuments';
import { defaultCatalogOptions } from '../../options';

/** Reads the groups of templates from app-config files (URIs). */
export function templateGroupsOf(
  configs: readonly string[],
  deps: { readonly fileSystem: FileSystem; readonly environment: Environment },
): Promise<TemplateGroups> {
  return readTemplateGroups(configs, {
    ...deps,
    parse: parseYamlDocuments,
    maxFileSize: defaultCatalogOptions.maxFileSize,
  });
}
