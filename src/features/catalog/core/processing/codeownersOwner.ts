import { getOrInsert, isRecord } from '../../../../base';
import type { Entity, OwnerMapping } from '../../../../model';
import type { KindRegistry } from '../../../../model/validation';
import type { FileSystem } from '../../../../platform/core/ports';
import {
  chooseOwner,
  type CodeownersFile,
  codeownersUris,
  ownersOfPath,
  pathFor,
  readCodeownersFile,
} from '../../../scm/core/codeowners';
import { Repositories } from '../repository/repositories';

/** An owner from CODEOWNERS for an entity without one. */
export interface AddedOwner {
  readonly entity: Entity;
  readonly owner: string;
  /** Place of the rule, as shown to users: `.github/CODEOWNERS:3`. */
  readonly from: string;
}

/**
 * Adds the owner of the file to entities without one, like Backstage's CodeOwnersProcessor: the
 * first owner of the last matching line in CODEOWNERS. Kinds without an owner are unchanged. For
 * one read of the workspace; each CODEOWNERS file is read once.
 *
 * Source: `plugins/catalog-backend/src/modules/codeowners`. Patterns are matched as on Git hosts,
 * which is more precise than Backstage's matching.
 */
export class CodeownersOwners {
  #fileSystem: FileSystem;
  #mapping: OwnerMapping;
  #repositories: Repositories;
  #files = new Map<string, Promise<CodeownersFile | undefined>>();

  constructor(deps: { fileSystem: FileSystem; mapping: OwnerMapping }) {
    this.#fileSystem = deps.fileSystem;
    this.#mapping = deps.mapping;
    this.#repositories = new Repositories(deps.fileSystem);
  }

  /** Whether the entity's kind has an owner and the entity has none. */
  isWanted(entity: Entity, kinds: KindRegistry): boolean {
    const { spec } = entity as { spec?: unknown };
    if (spec !== undefined && !isRecord(spec)) return false;
    if (spec?.['owner']) return false;
    return kinds.relationsFor(entity).some(({ field }) => field === 'spec.owner');
  }

  /**
   * Adds the owner.
   *
   * @param file - URI of the entity's file
   * @param root - URI of its repository, or of the workspace folder
   */
  async add(
    entity: Entity,
    { file, root }: { file: string; root: string },
  ): Promise<AddedOwner | undefined> {
    const codeowners = await this.#read(root);
    const path = codeowners && pathFor(codeowners, file);
    if (!codeowners || path === undefined) return undefined;
    const { owners, line } = ownersOfPath(codeowners.rules, path);
    const owner = chooseOwner(owners, { mapping: this.#mapping });
    if (owner === undefined || line === undefined) return undefined;
    return {
      entity: { ...entity, spec: { ...entity.spec, owner } },
      owner,
      from: `${pathFor(codeowners, codeowners.uri)}:${line + 1}`,
    };
  }

  /** Returns the URIs of all possible CODEOWNERS files, whether or not they exist. */
  dependencies(root: string): readonly string[] {
    return codeownersUris(root);
  }

  #read(root: string): Promise<CodeownersFile | undefined> {
    return getOrInsert(this.#files, root, () =>
      this.#repositories.find(root).then(repository =>
        readCodeownersFile(root, {
          fileSystem: this.#fileSystem,
          host: repository?.remote?.webUrl,
        }),
      ),
    );
  }
}
