import { joinUri } from '../../../base';
import { ANNOTATION_SOURCE_LOCATION, parseLocationRef } from '../../../model';
import { isSeen } from '../../files';
import type { FileSystem } from '../../ports';
import type { Sighting } from '../records';
import { ANNOTATION_TECHDOCS } from './annotations';
import { resolveReference } from '../../targets';

/** Of these TechDocs needs one: without a config, it writes one that takes `docs` for the pages. */
const NEEDED = ['mkdocs.yml', 'mkdocs.yaml', 'docs'];

export interface TechdocsFinding {
  /** Why TechDocs has nothing to build; undefined where it has, or where that cannot be told. */
  readonly message: string | undefined;
  readonly sightings: readonly Sighting[];
}

/**
 * Looks for what TechDocs would build. A path is relative to the source location of the entity: to its
 * file, unless it names another. What lies on other machines is not looked at. Serves the files of one
 * reading of the workspace; each folder is looked at once.
 *
 * Source: `transformDirLocation` and `getMkdocsYml` of `plugins/techdocs-node`, for entities that are
 * read by URL.
 */
export class TechdocsFolders {
  #fileSystem: FileSystem;
  #folders = new Map<string, Promise<readonly Sighting[]>>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Undefined where there is nothing to look at. */
  async find(
    annotations: ReadonlyMap<string, string>,
    place: { readonly base: string; readonly boundary: string },
  ): Promise<TechdocsFinding | undefined> {
    const written = annotations.get(ANNOTATION_TECHDOCS);
    const path = written === undefined ? undefined : pathIn(written);
    if (path === undefined || annotations.has(ANNOTATION_SOURCE_LOCATION)) return undefined;
    const folder = resolveReference(path, place);
    if (folder.type === 'remote') return undefined;
    if (folder.type === 'outside') {
      return { message: `dir:${path} leads out of the repository`, sightings: [] };
    }
    const sightings = await this.#look(folder.uri);
    const message = sightings.some(({ isThere }) => isThere)
      ? undefined
      : `dir:${path} leads to a folder with neither a mkdocs.yml nor a docs folder, so that TechDocs has nothing to build`;
    return { message, sightings };
  }

  #look(folder: string): Promise<readonly Sighting[]> {
    let sightings = this.#folders.get(folder);
    if (!sightings) this.#folders.set(folder, (sightings = this.#lookAt(folder)));
    return sightings;
  }

  async #lookAt(folder: string): Promise<readonly Sighting[]> {
    const sightings: Sighting[] = [];
    for (const name of NEEDED) {
      const uri = joinUri(folder, name);
      const isThere = await isSeen(uri, this.#fileSystem);
      sightings.push({ uri, isThere });
      if (isThere) break;
    }
    return sightings;
  }
}

/** What stands after `dir:`; undefined where something else does. */
function pathIn(written: string): string | undefined {
  try {
    const { type, target } = parseLocationRef(written);
    return type === 'dir' ? target : undefined;
  } catch {
    return undefined;
  }
}
