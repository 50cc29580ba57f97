import {
  coreServices,
  createPortalPlugin,
  Emitter,
  extensionPoints,
  problemOf,
} from '@callboard/api';

export default createPortalPlugin({
  id: 'license-check',
  register: env =>
    env.registerInit({
      deps: {
        catalog: coreServices.catalog,
        files: coreServices.files,
        problems: extensionPoints.problemSources,
      },
      async init({ catalog, files, problems }) {
        const missing = new Set<string>();
        const changed = new Emitter<ReadonlySet<string>>();
        const source = problems.addProblemSource({
          onDidChangeProblems: changed.event,
          getProblems: file =>
            catalog.getEntityRefsInFile(file).flatMap(ref => {
              const entity = missing.has(ref) ? catalog.getEntityByRef(ref) : undefined;
              if (!entity) return [];
              return [problemOf(entity, { code: 'no-license', message: 'There is no LICENSE' })];
            }),
        });
        for (const ref of catalog.getEntityRefs()) {
          const entity = catalog.getEntityByRef(ref);
          const beside = entity && files.of(entity);
          if (beside && !(await beside.stat('LICENSE'))) missing.add(ref);
        }
        // Callboard asks for the files of an event, and for each file that changes.
        changed.fire(
          new Set([...missing].flatMap(ref => catalog.getEntitySource(ref)?.file ?? [])),
        );
        return source;
      },
    }),
});
