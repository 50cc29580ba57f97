import { getOrInsert, joinUri } from '../../../../base';
import { ANNOTATION_SOURCE_LOCATION, type LocationRef, parseLocationRef } from '../../../../model';
import { TECHDOCS_REF } from '../../../../model/presentation';
import { exists } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import type { Sighting } from '../records';
import { Repositories } from '../repository/repositories';
import { repositoryPath, resolveReference } from '../locations';

/** Entries that TechDocs needs, one of them: without a config, it generates one for `docs`. */
const NEEDED = ['mkdocs.yml', 'mkdocs.yaml', 'docs'];

export interface TechdocsFinding {
  /** Reason why TechDocs can't build the docs; undefined if it can or if unknown. */
  readonly message: string | undefined;
  readonly sightings: readonly Sighting[];
  /** URIs of the files that determine the folder. */
  readonly dependencies: readonly string[];
}

/** Files that identify the repository of a folder. */
const GIT_FILES = ['.git', '.git/config', '.git/HEAD'];

/**
 * Checks whether TechDocs could build an entity's docs. A path is relative to the source location:
 * the entity's file, unless the entity declares another. A URL is checked if it is of a folder of
 * the local repository on the checked-out branch. For one read of the workspace; each folder is
 * checked once.
 *
 * Source: `getLocationForEntity`, `transformDirLocation` and `getMkdocsYml` of
 * `plugins/techdocs-node`, for entities that are read by URL.
 */
export class TechdocsFolders {
  #fileSystem: FileSystem;
  #repositories: Repositories;
  #folders = new Map<string, Promise<readonly Sighting[]>>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    this.#repositories = new Repositories(fileSystem);
  }

  /** Checks the docs of an entity; undefined if there is nothing to check. */
  async find(
    annotations: ReadonlyMap<string, string>,
    place: { readonly base: string; readonly boundary: string },
  ): Promise<TechdocsFinding | undefined> {
    const written = annotations.get(TECHDOCS_REF);
    const location = written === undefined ? undefined : locationIn(written);
    if (location?.type === 'url') return this.#findByUrl(location.target, place.boundary);
    if (location?.type !== 'dir' || annotations.has(ANNOTATION_SOURCE_LOCATION)) return undefined;
    const folder = resolveReference(location.target, place);
    if (folder.type === 'remote') return undefined;
    const ref = `dir:${location.target}`;
    return folder.type === 'outside'
      ? { message: `${ref} leads out of the repository`, sightings: [], dependencies: [] }
      : this.#findIn(folder.uri, ref, []);
  }

  async #findByUrl(url: string, boundary: string): Promise<TechdocsFinding | undefined> {
    const repository = await this.#repositories.find(boundary);
    if (repository?.root !== boundary) return undefined;
    const dependencies = GIT_FILES.map(path => joinUri(boundary, path));
    const path = repositoryPath(url, repository);
    return path === undefined
      ? { message: undefined, sightings: [], dependencies }
      : this.#findIn(joinUri(boundary, path), `url:${url}`, dependencies);
  }

  async #findIn(
    folder: string,
    ref: string,
    dependencies: readonly string[],
  ): Promise<TechdocsFinding> {
    const sightings = await this.#look(folder);
    const message = sightings.some(({ isThere }) => isThere)
      ? undefined
      : `${ref} leads to a folder with neither a mkdocs.yml nor a docs folder, so that TechDocs has nothing to build`;
    return { message, sightings, dependencies };
  }

  #look(folder: string): Promise<readonly Sighting[]> {
    return getOrInsert(this.#folders, folder, () => this.#lookAt(folder));
  }

  async #lookAt(folder: string): Promise<readonly Sighting[]> {
    const sightings: Sighting[] = [];
    for (const name of NEEDED) {
      const uri = joinUri(folder, name);
      const isThere = await exists(uri, this.#fileSystem);
      sightings.push({ uri, isThere });
      if (isThere) break;
    }
    return sightings;
  }
}

function locationIn(written: string): LocationRef | undefined {
  try {
    return parseLocationRef(written);
  } catch {
    // Not a location ref: the annotation is reported where it is checked.
    return undefined;
  }
}
