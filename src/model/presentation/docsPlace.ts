import { decodeEscapes } from '../../base';

/** A place in the docs of a site. */
export interface PlaceInDocs {
  /** Of a page, below the docs folder. */
  readonly path: string;
  /** Id of a heading or another element of the page. */
  readonly anchor?: string;
}

/** A place as the page of an entity keeps it in its `anchor`: `guide/setup.md#install`. */
export function writePlaceInDocs({ path, anchor }: PlaceInDocs): string {
  const written = path.replace(/[%#]/g, encodeURIComponent);
  return anchor === undefined ? written : `${written}#${anchor}`;
}

export function readPlaceInDocs(written: string): PlaceInDocs | undefined {
  const hash = written.indexOf('#');
  const path = decodeEscapes(hash === -1 ? written : written.slice(0, hash));
  if (path === '') return undefined;
  return hash === -1 ? { path } : { path, anchor: written.slice(hash + 1) };
}
