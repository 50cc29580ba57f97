import { coreServices, createPortalPlugin, type PortalPlugin } from '../../../api';
import { registerImport } from './importCommand';

/** Import…: descriptors for what has none. */
export const importPlugin: PortalPlugin = createPortalPlugin({
  id: 'import',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        catalog: coreServices.catalog,
        edits: coreServices.edits,
        importer: coreServices.importer,
      },
      init: registerImport,
    });
  },
});
