import type { PortalApi, PortalPlugin } from '../../../api';
import { pluginOfModule } from '../core';

/** Loads the plugin of a module. @throws the error of the module; Error if it has no plugin */
export async function loadPlugin(url: string, api: PortalApi): Promise<PortalPlugin> {
  const module: unknown = await import(url);
  return pluginOfModule(module, api);
}
