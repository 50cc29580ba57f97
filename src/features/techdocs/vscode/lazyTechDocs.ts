import * as vscode from 'vscode';
import type {
  TechDocsBuilderService,
  TechDocsBuildOptions,
  TechDocsChangeEvent,
  TechDocsService,
} from '../../../api';
import { type Disposable, DisposableStore, Emitter, lazyService, onDemand } from '../../../base';
import { onFirstOpen } from '../../../platform/vscode/onFirstOpen';
import type { LazySources } from '../../sources/vscode';
import type { FollowedSitesDeps } from './followedSites';

/** Link targets of pages: pages, images, and folders. */
const LINKED = /\.(?:md|png|svg|gif|jpe?g|webp)$|\/[^.]*$/;

export interface LazyTechDocsDeps extends Omit<FollowedSitesDeps, 'instanceOf' | 'forges'> {
  readonly sources: Pick<LazySources, 'getOriginOf' | 'catalogDeps'>;
}

/** Loads the docs sites on the first request, or when a config or page is opened or moved. */
export function lazyTechDocs({
  sources,
  ...others
}: LazyTechDocsDeps): TechDocsService & TechDocsBuilderService & Disposable {
  const store = new DisposableStore();
  const changed = store.add(new Emitter<TechDocsChangeEvent>());
  const deps: FollowedSitesDeps = {
    ...others,
    forges: sources.catalogDeps.forges,
    instanceOf: ref => {
      const { from, alsoIn } = sources.getOriginOf(ref);
      return [from, ...alsoIn].find(source => source?.type === 'backstage')?.id;
    },
  };
  const load = onDemand(async () => {
    const { FollowedSites } = await import('./followedSites');
    const followed = store.add(new FollowedSites(deps));
    store.add(followed.sites.onDidChange(event => changed.fire(event)));
    return followed;
  });
  store.add(
    vscode.workspace.onWillRenameFiles(event => {
      const { files } = event;
      if (!files.some(({ oldUri }) => LINKED.test(oldUri.path))) return;
      event.waitUntil(load().then(followed => followed.editsOfMove(files)));
    }),
  );
  store.add(onFirstOpen(/\/mkdocs\.ya?ml$|\.md$/, async () => (await load()).showDiagnostics()));
  const builder: TechDocsBuilderService = lazyService(load);
  return lazyService(async () => (await load()).sites, {
    onDidChange: changed.event,
    build: (siteId: string, options: TechDocsBuildOptions) => builder.build(siteId, options),
    draft: (entityRef: string) => builder.draft(entityRef),
    dispose: () => store.dispose(),
  });
}
