import type { PortalApi, PortalPlugin } from '../../../api';
import { isRecord } from '../../../base';

/**
 * Returns the plugin that a module exports as `default` or `plugin`: a plugin, or a function that gets the API and
 * returns one.
 *
 * @throws Error if it exports neither
 */
export function pluginOfModule(module: unknown, api: PortalApi): PortalPlugin {
  for (const exported of exportsOf(module)) {
    const plugin: unknown =
      typeof exported === 'function'
        ? Reflect.apply(exported as (api: PortalApi) => unknown, undefined, [api])
        : exported;
    if (isRecord(plugin) && plugin['$$type'] === 'portal-plugin') {
      return plugin as unknown as PortalPlugin;
    }
  }
  throw new Error(
    'The module must export a plugin of createPortalPlugin() as default, or a function that returns one',
  );
}

function exportsOf(module: unknown): readonly unknown[] {
  if (!isRecord(module)) return [];
  const { default: main, plugin } = module;
  // A CommonJS module that was an ES module has its default export in `default.default`.
  return isRecord(main) ? [main, main['default'], main['plugin'], plugin] : [main, plugin];
}

/** Keys of a declaration that contribute nothing by themselves. */
const NO_CONTRIBUTIONS: ReadonlySet<string> = new Set([
  'activation',
  'apiVersion',
  'capabilities',
  'id',
  'main',
  'title',
]);

/** Whether a declaration contributes by its code only, which then has the id of the declaration. */
export function isCodeOnly(declaration: { readonly main?: string | undefined }): boolean {
  if (declaration.main === undefined) return false;
  return Object.entries(declaration).every(
    ([key, value]) => value === undefined || NO_CONTRIBUTIONS.has(key),
  );
}
