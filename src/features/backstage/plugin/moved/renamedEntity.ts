import type { CatalogService, CatalogSourcesService, FilesService } from '../../../../api';

export interface RenamedEntitiesDeps {
  readonly catalog: Pick<
    CatalogService,
    | 'getEntityByRef'
    | 'getEntityRefs'
    | 'getEntitySources'
    | 'getEntityVersions'
    | 'getFailedEntities'
    | 'getProblems'
  >;
  readonly sources: Pick<CatalogSourcesService, 'getSources' | 'getSourceOf'>;
  readonly files: Pick<FilesService, 'exists'>;
  /** Returns the addresses at which workspace files would be registered. */
  readonly findAddresses: CatalogSourcesService['findAddresses'];
  /** Results of the previous search. */
  readonly places?: ServedPlaces;
}

/**
 * Cached locations and contents of Backstage entities from workspace repositories: computing them takes half a
 * second for 10,000 entities, which is too long after each edit.
 */
export class ServedPlaces {
  readonly #found = new Map<string, string | undefined>();
  #subject = '';

  /** Clears the cache if the copies or repositories have changed. */
  begin(subject: string): void {
    if (this.#subject !== subject) this.#found.clear();
    this.#subject = subject;
  }

  /** @returns the cached text of an entity: a location ref or its content; undefined if it is irrelevant */
  get(key: string, find: () => string | undefined): string | undefined {
    if (!this.#found.has(key)) this.#found.set(key, find());
    return this.#found.get(key);
  }
}

/** An entity of a running Backstage that its workspace file doesn't contain anymore. */
export interface RenamedEntity {
  /** Full ref on the Backstage. */
  readonly oldRef: string;
  /** Workspace entity that replaces it; undefined if there is none. */
  readonly ref: string | undefined;
  readonly file: string;
  /** Previous path in the repository, if it has changed. */
  readonly movedFrom?: string;
  readonly sourceId: string;
  /** Whether it is an orphan there. */
  readonly isOrphan: boolean;
}

/** Entities of a workspace file. */
export interface FileNames {
  /** Refs that a Backstage doesn't have, by source id. */
  readonly missing: Map<string, string[]>;
}
