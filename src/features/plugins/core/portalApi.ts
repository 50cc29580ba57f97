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
import { isRecord } from '../../../base';
import type { PluginHost } from './pluginHost';
import type { PluginPlace } from './pluginRecord';

const versions = [1] as const;

/**
 * Creates the exports of `activate()` for other extensions.
 *
 * @param placeOf - finds the manifest of an extension
 */
export function createPortalApi(
  host: PluginHost,
  catalog: CatalogService,
  placeOf: (extension: string) => PluginPlace = extension => ({ extension }),
): PortalExports {
  const create = (extension: string | undefined): PortalApi =>
    Object.freeze({
      version: 1,
      registerPlugin: plugin =>
        host.register(plugin, {
          ...(extension !== undefined && placeOf(extension)),
          origin: 'extension',
        }),
      get plugins() {
        return host.plugins;
      },
      onDidChangePlugins: listener => host.onDidChange(listener),
      catalog,
      coreServices: Object.freeze({ ...coreServices }),
      extensionPoints: Object.freeze({ ...extensionPoints }),
      createPortalPlugin,
      createServiceRef,
      createExtensionPoint,
    } satisfies PortalApi);
  const api = create(undefined);
  return Object.freeze({
    getApi(version: number, consumer?: unknown) {
      const extension = isRecord(consumer) ? consumer['extension'] : undefined;
      if (version === 1) return typeof extension === 'string' ? create(extension) : api;
      throw new RangeError(
        `Unsupported API version ${String(version)}. Supported: ${versions.join(', ')}`,
      );
    },
  });
}
