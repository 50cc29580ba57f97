import { extensionPoints, type PluginEnvironment } from '../../../../api';
import { type Disposable, Registry } from '../../../../base';

/**
 * Registers the extension points of views. A process without an editor accepts contributions to them, because the same
 * plugin runs in the editor, and doesn't show them.
 */
export function registerViewPoints(env: PluginEnvironment): void {
  env.registerExtensionPoint(extensionPoints.entityCards, { addEntityCard: ignored() });
  env.registerExtensionPoint(extensionPoints.entityTabs, { addEntityTab: ignored() });
  env.registerExtensionPoint(extensionPoints.homeCards, { addHomeCard: ignored() });
  env.registerExtensionPoint(extensionPoints.treeGroupings, { addTreeGrouping: ignored() });
  env.registerExtensionPoint(extensionPoints.entityColumns, { addEntityColumn: ignored() });
  env.registerExtensionPoint(extensionPoints.entityDecorators, { addEntityDecorator: ignored() });
  env.registerExtensionPoint(extensionPoints.entityCommands, { addEntityCommand: ignored() });
}

/** Returns a method that only checks that ids are unique, as in the editor. */
export function ignored<T extends { readonly id: string }>(): (item: T) => Disposable {
  const registry = new Registry<T>();
  return item => registry.add(item);
}
