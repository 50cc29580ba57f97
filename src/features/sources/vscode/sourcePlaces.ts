import type { CatalogService, CatalogSourceInfo, CatalogSourcePlace } from '../../../api';
import { descriptorUrls } from '../../../model/presentation';

/** Where a file of a source is to be looked at, by what the catalog says of its entities. */
export function placeOf(
  file: string,
  source: Pick<CatalogSourceInfo, 'type' | 'url'>,
  catalog: Pick<CatalogService, 'getEntityRefsInFile' | 'getEntityVersions'>,
): CatalogSourcePlace {
  const [webPage] = catalog.getEntityRefsInFile(file).flatMap(ref =>
    catalog
      .getEntityVersions(ref)
      .filter(({ source: place }) => place?.file === file)
      .flatMap(({ entity }) => descriptorUrls(entity).view ?? []),
  );
  return {
    webPage,
    repository: source.type === 'git' ? source.url : webPage && repositoryOf(webPage),
  };
}

/** The repository that a page of a forge shows a file of; undefined where it is none of theirs. */
export function repositoryOf(page: string): string | undefined {
  const { origin, protocol, pathname } = new URL(page);
  if (protocol !== 'https:') return undefined;
  const [, repository] = /^(\/[^/]+\/.*?)(?:\/-)?\/(?:tree|blob|edit|src)\//.exec(pathname) ?? [];
  return repository === undefined ? undefined : `${origin}${repository}`;
}
