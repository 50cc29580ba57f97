import { coreServices, createPortalPlugin, Emitter, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'golden-paths',
  register: env =>
    env.registerInit({
      deps: {
        catalog: coreServices.catalog,
        files: coreServices.files,
        templates: extensionPoints.scaffolderTemplates,
      },
      init({ catalog, files, templates }) {
        const platform = catalog.getEntityByRef('component:default/platform');
        const folder = platform && files.of(platform)?.folder;
        if (folder === undefined) return [];
        const changed = new Emitter<void>();
        return [
          files.watch('**', { in: folder })(() => changed.fire()),
          templates.addTemplateProvider({
            id: 'golden-paths.templates',
            title: 'Golden Paths',
            folder,
            onDidChange: changed.event,
            getFiles: () => files.list('golden-paths/*/template.tpl', { in: folder }),
          }),
        ];
      },
    }),
});
