import type { TemplateProvider } from '../../../../api';
import type { FileSystem } from '../../../../platform/core/ports';
import { DeclaredTemplates } from './declaredTemplates';
import { PluginFiles } from './pluginFiles';

/** Software templates of plugins without code. */
export interface PluginTemplates {
  readonly providers: readonly TemplateProvider[];
  /** The folders in which no plugin was found. */
  readonly missing: readonly string[];
}

/**
 * Reads the declarations of plugins for their templates. The first plugin with an id wins.
 *
 * @param places - URIs of workspace folders, and of others that the user names
 */
export async function readPluginTemplates(
  { roots, folders }: { readonly roots: readonly string[]; readonly folders: readonly string[] },
  fileSystem: FileSystem,
): Promise<PluginTemplates> {
  const files = new PluginFiles(fileSystem);
  const missing: string[] = [];
  for (const root of roots) await files.readRoot(root);
  for (const folder of folders) {
    if (!(await files.readFolder(folder, 'extension'))) missing.push(folder);
  }
  const providers = new Map<string, TemplateProvider>();
  for (const plugin of files.plugins) {
    const { id } = plugin.declaration;
    if (!providers.has(id)) providers.set(id, new DeclaredTemplates(plugin, fileSystem));
  }
  return { providers: [...providers.values()], missing };
}
