import { coreServices, createPortalPlugin, type PortalPlugin } from '../../../../api';

/** Import…: drafts descriptors for software without one. */
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
      init: context =>
        context.actions.registerCommand('callboard.import', async folder => {
          // Loaded on demand, because few windows import anything.
          const { importEntities } = await import('./importCommand');
          await importEntities(folder, context);
        }),
    });
  },
});
