import * as vscode from 'vscode';
import type { TechDocsBuilderService, TechDocsChangeEvent, TechDocsService } from '../../../api';
import { type Disposable, DisposableStore, Emitter, onDemand } from '../../../base';
import { onFirstOpen } from '../../../platform/vscode/onFirstOpen';
import type { SourcesOnDemand } from '../../sources/vscode';
import type { FollowedSites, FollowedSitesDeps } from './followedSites';

/** What pages lead to: pages, pictures, and folders of them. */
const LINKED = /\.(?:md|png|svg|gif|jpe?g|webp)$|\/[^.]*$/;

export interface TechDocsOnDemandDeps extends Omit<FollowedSitesDeps, 'instanceOf' | 'forges'> {
  readonly sources: Pick<SourcesOnDemand, 'getOriginOf' | 'catalogDeps'>;
}

/** Loads what reads documentation when somebody first asks for it, opens a config or a page, or moves one. */
export class TechDocsOnDemand implements TechDocsService, TechDocsBuilderService, Disposable {
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<TechDocsChangeEvent>());
  #load: () => Promise<FollowedSites>;

  readonly onDidChange = this.#changed.event;

  constructor({ sources, ...others }: TechDocsOnDemandDeps) {
    const deps: FollowedSitesDeps = {
      ...others,
      forges: sources.catalogDeps.forges,
      instanceOf: ref => {
        const { from, alsoIn } = sources.getOriginOf(ref);
        return [from, ...alsoIn].find(source => source?.type === 'backstage')?.id;
      },
    };
    const load = onDemand(async () => {
      const { FollowedSites: Sites } = await import('./followedSites');
      const followed = this.#store.add(new Sites(deps));
      this.#store.add(followed.sites.onDidChange(event => this.#changed.fire(event)));
      return followed;
    });
    this.#load = load;
    this.#store.add(
      vscode.workspace.onWillRenameFiles(event => {
        const { files } = event;
        if (!files.some(({ oldUri }) => LINKED.test(oldUri.path))) return;
        event.waitUntil(load().then(followed => followed.editsOfMove(files)));
      }),
    );
    this.#store.add(
      onFirstOpen(/\/mkdocs\.ya?ml$|\.md$/, async () => (await load()).showDiagnostics()),
    );
  }

  getSites: TechDocsService['getSites'] = async options =>
    (await this.#load()).sites.getSites(options);

  loadContent: TechDocsService['loadContent'] = async (siteId, options) =>
    (await this.#load()).sites.loadContent(siteId, options);

  loadSections: TechDocsService['loadSections'] = async (siteId, path, options) =>
    (await this.#load()).sites.loadSections(siteId, path, options);

  loadStamps: TechDocsService['loadStamps'] = async (siteId, options) =>
    (await this.#load()).sites.loadStamps(siteId, options);

  locate: TechDocsService['locate'] = async (entityRef, options) =>
    (await this.#load()).sites.locate(entityRef, options);

  build: TechDocsBuilderService['build'] = async (siteId, options) =>
    (await this.#load()).build(siteId, options);

  draft: TechDocsBuilderService['draft'] = async entityRef => (await this.#load()).draft(entityRef);

  dispose(): void {
    this.#store.dispose();
  }
}
