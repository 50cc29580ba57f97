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
  /** Where files of the workspace would be registered. */
  readonly findAddresses: CatalogSourcesService['findAddresses'];
  /** What was found out the time before. */
  readonly places?: ServedPlaces;
}

/**
 * Where the entities of Backstages are from, as far as that is a repository of the workspace, and what is written there: to
 * put all of them together takes half a second for 10,000, which is too much for each pause in typing.
 */
export class ServedPlaces {
  readonly #found = new Map<string, string | undefined>();
  #subject = '';

  /** Forgets what was of other copies, or looked up for other repositories. */
  begin(subject: string): void {
    if (this.#subject !== subject) this.#found.clear();
    this.#subject = subject;
  }

  /** @returns what is found out of an entity: a location ref, what is written in it; undefined for what is of no interest */
  get(key: string, find: () => string | undefined): string | undefined {
    if (!this.#found.has(key)) this.#found.set(key, find());
    return this.#found.get(key);
  }
}

/** An entity of a running Backstage whose file, as the workspace has it, names it no more. */
export interface RenamedEntity {
  /** Full ref that the Backstage has. */
  readonly oldRef: string;
  /** What stands in the file in its place; undefined where nothing does. */
  readonly ref: string | undefined;
  readonly file: string;
  /** Path of the file in its repository that the Backstage has it from, where that is another one. */
  readonly movedFrom?: string;
  readonly sourceId: string;
  /** Whether nothing leads to it there any more. */
  readonly isOrphan: boolean;
}

/** Entities of a file, by what they mean here. */
export interface FileNames {
  /** Those that a Backstage has no entity of, by the ids of these. */
  readonly missing: Map<string, string[]>;
}
