import type { CatalogSources, SearchProvidersExtensionPoint } from '../../../../api';
import { type Disposable, DisposableStore } from '../../../../base';
import { type BackstageSearchDeps, backstageSearch } from './backstageSearch';

/** Has each Backstage searched that is a source, for as long as it is one by that name. */
export function searchInstances({
  sources,
  providers,
  ...deps
}: BackstageSearchDeps & {
  readonly sources: Pick<CatalogSources, 'getSources' | 'onDidChange'>;
  readonly providers: SearchProvidersExtensionPoint;
}): Disposable {
  const store = new DisposableStore();
  const searched = new Map<string, { readonly name: string; readonly added: Disposable }>();
  const update = (): void => {
    const wanted = new Map(
      sources
        .getSources()
        .flatMap(({ id, type, name }) => (type === 'backstage' ? [[id, name]] : [])),
    );
    for (const [id, { name, added }] of searched) {
      if (wanted.get(id) === name) continue;
      searched.delete(id);
      store.delete(added);
    }
    for (const [id, name] of wanted) {
      if (searched.has(id)) continue;
      const added = store.add(providers.addProvider(backstageSearch({ id, name }, deps)));
      searched.set(id, { name, added });
    }
  };
  store.add(sources.onDidChange(update));
  update();
  return store;
}
