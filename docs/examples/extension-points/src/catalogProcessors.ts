import { createPortalPlugin, entityLinks, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'links-required',
  register: env =>
    env.registerInit({
      deps: { processors: extensionPoints.catalogProcessors },
      init: ({ processors }) =>
        processors.addProcessor({
          getProcessorName: () => 'LinksRequired',
          postProcessEntity(entity, emit) {
            if (entity.kind !== 'Component' || entityLinks(entity).length) return;
            const message = `${entity.metadata.name} has no links`;
            emit.problem({ code: 'no-links', severity: 'info', message, path: ['metadata'] });
          },
        }),
    }),
});
