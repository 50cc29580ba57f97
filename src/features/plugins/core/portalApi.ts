import {
  type CatalogService,
  type PortalApi,
  type PortalExports,
  coreServices,
  createExtensionPoint,
  createPortalPlugin,
  createServiceRef,
  extensionPoints,
} from '../../../api';
import type { PluginHost } from './pluginHost';

const versions = [1] as const;

/** Creates the exports of `activate()` for other extensions. */
export function createPortalApi(host: PluginHost, catalog: CatalogService): PortalExports {
  const api: PortalApi = Object.freeze({
    version: 1,
    registerPlugin: plugin => host.register(plugin),
    get plugins() {
      return host.plugins;
    },
    onDidChangePlugins: listener => host.onDidChange(listener),
    catalog,
    coreServices,
    extensionPoints,
    createPortalPlugin,
    createServiceRef,
    createExtensionPoint,
  } satisfies PortalApi);
  return Object.freeze({
    getApi(version: number) {
      if (version === 1) return api;
      throw new RangeError(
        `Unsupported API version ${String(version)}. Supported: ${versions.join(', ')}`,
      );
    },
  });
}
