import type {
  DescriptorDraft,
  DraftOptions,
  ImportCandidate,
  ImportSearch,
  ImportService,
} from '../../../../api';
import { dirnameUri, isRecord, isWithin, joinUri } from '../../../../base';
import {
  type Entity,
  getCompoundEntityRef,
  shortenEntityRef,
  stringifyEntityRef,
} from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import { readWithin } from '../../../../platform/core/files';
import type { Clock, FileSystem } from '../../../../platform/core/ports';
import { type CatalogEngine, type CatalogRoot, openFileSelector } from '../../../catalog/core';
import { Repositories, type Repository } from '../../../catalog/core/shared';
import {
  chooseOwner,
  type CodeownersFile,
  ownersOfPath,
  pathFor,
  readCodeownersFile,
} from '../../../scm/core/codeowners';
import { type DescriptorFiles, findCandidates, type WorkspaceFindings } from './candidates';
import { renderDescriptor } from './descriptorText';
import { type DraftedFields, draftFolder, type DraftNames, systemAbove } from './draftFolder';
import { DESCRIPTOR, DESCRIPTOR_NAME, evidenceGlobs, foreignFolders } from './evidence';
import { FreeNames } from './names';

export interface DescriptorImporterDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly catalog: Pick<
    CatalogEngine,
    'roots' | 'options' | 'getFiles' | 'getEntityRefsInFile' | 'getEntityByRef' | 'getEntities'
  >;
}

/** The maximum number of folders that are read at a time. */
const OPEN_FOLDERS = 16;

/** Finds folders without a descriptor and drafts descriptors; see the interface. Writes nothing. */
export class DescriptorImporter implements ImportService {
  #deps: DescriptorImporterDeps;

  constructor(deps: DescriptorImporterDeps) {
    this.#deps = deps;
  }

  async findCandidates({ signal }: { signal?: AbortSignal } = {}): Promise<ImportSearch> {
    const findings: WorkspaceFindings[] = [];
    const { roots } = this.#deps.catalog;
    for (const root of roots) findings.push(await this.#search(root, roots, signal));
    return findCandidates(findings, this.#descriptors());
  }

  async draft(
    candidates: readonly ImportCandidate[],
    { signal, lifecycle, owner, onProgress }: DraftOptions = {},
  ): Promise<readonly DescriptorDraft[]> {
    const { catalog, clock } = this.#deps;
    const repositories = new Repositories(this.#deps.fileSystem);
    const owners = new FolderOwners(this.#deps);
    const systems = this.#systems();
    /** Returns undefined if there is a descriptor by now. */
    const lookInto = async (candidate: ImportCandidate) => {
      const { folder } = candidate;
      const names = await this.#list(folder);
      // A file that was added since the search or is excluded from the catalog must not be overwritten.
      if (!names || names.some(name => DESCRIPTOR.test(name))) return undefined;
      const repository = await repositories.find(folder);
      const root = this.#rootOf(folder);
      signal?.throwIfAborted();
      return draftFolder(candidate, {
        repository,
        read: async (uri, limit) => {
          signal?.throwIfAborted();
          return this.#read(uri, { limit, root: repository?.root ?? root });
        },
        list: async uri => (uri === folder ? names : ((await this.#list(uri)) ?? [])),
        maxDefinitionSize: catalog.options.maxFileSize,
        owner: (await owners.of(folder, { repository, root })) ?? owner,
        system: systemAbove(dirnameUri(folder), root, systems),
        lifecycle,
      });
    };
    const namesOf = (kind: string): FreeNames =>
      new FreeNames(name => catalog.getEntityByRef(`${kind}:default/${name}`) !== undefined);
    const free: DraftNames = { components: namesOf('component'), apis: namesOf('api') };
    const drafts: DescriptorDraft[] = [];
    const slices = new TimeSlicer(clock);
    for (let done = 0; done < candidates.length; done += OPEN_FOLDERS) {
      signal?.throwIfAborted();
      onProgress?.({ done, total: candidates.length });
      const batch = candidates.slice(done, done + OPEN_FOLDERS);
      const found = await Promise.all(batch.map(lookInto));
      for (const [index, { folder }] of batch.entries()) {
        const drafted = found[index]?.(free);
        if (drafted) drafts.push(toDraft(folder, drafted));
        await slices.pause();
      }
    }
    return drafts;
  }

  async #search(
    root: CatalogRoot,
    roots: readonly CatalogRoot[],
    signal: AbortSignal | undefined,
  ): Promise<WorkspaceFindings> {
    const { fileSystem, clock, catalog } = this.#deps;
    const { options } = catalog;
    const inner = roots.filter(other => other !== root && isWithin(root.uri, other.uri));
    const isOurs = (uri: string): boolean => !inner.some(other => isWithin(other.uri, uri));
    const selector = await openFileSelector({
      root: root.uri,
      repository: (await new Repositories(fileSystem).find(root.uri))?.root,
      fileSystem,
      options: {
        include: evidenceGlobs,
        exclude: [...options.exclude, ...options.filesExclude, ...foreignFolders],
      },
    });
    const files: string[] = [];
    const repositories: string[] = [];
    await selector.findFiles([root.uri], {
      signal,
      clock,
      onFile: uri => void (isOurs(uri) && files.push(uri)),
      onRepository: uri => void (isOurs(uri) && repositories.push(uri)),
    });
    return { root, files, repositories };
  }

  #descriptors(): DescriptorFiles {
    const { catalog } = this.#deps;
    return new Map(catalog.getFiles().map(({ uri }) => [uri, catalog.getEntityRefsInFile(uri)]));
  }

  /** Returns the systems by folder, as refs for `spec.system` of an entity in the default namespace. */
  #systems(): ReadonlyMap<string, readonly string[]> {
    const systems = new Map<string, string[]>();
    const refs = [...this.#descriptors()].flatMap(([file, all]) =>
      all.filter(ref => ref.startsWith('system:')).map(ref => ({ ref, folder: dirnameUri(file) })),
    );
    for (const { ref, folder } of refs) {
      const entity = this.#deps.catalog.getEntityByRef(ref);
      if (!entity) continue;
      const written = shortenEntityRef(getCompoundEntityRef(entity), { defaultKind: 'System' });
      systems.set(folder, [...(systems.get(folder) ?? []), written]);
    }
    return systems;
  }

  #rootOf(folder: string): string {
    const within = this.#deps.catalog.roots.filter(({ uri }) => isWithin(uri, folder));
    return within.sort((a, b) => b.uri.length - a.uri.length)[0]?.uri ?? folder;
  }

  async #list(folder: string): Promise<readonly string[] | undefined> {
    try {
      return (await this.#deps.fileSystem.readDirectory(folder)).map(({ name }) => name);
    } catch {
      // Suggestions come from the folders that can be listed; the walk reports the others.
      return undefined;
    }
  }

  async #read(
    uri: string,
    { limit, root }: { limit: number; root: string },
  ): Promise<string | undefined> {
    // A link must not copy content from elsewhere on the disk into a committed file.
    const read = await readWithin(this.#deps.fileSystem, { uri, boundary: root, maxSize: limit });
    return read.type === 'text' ? read.text : undefined;
  }
}

function toDraft(folder: string, { fields, notes }: DraftedFields): DescriptorDraft {
  return {
    folder,
    file: joinUri(folder, DESCRIPTOR_NAME),
    text: renderDescriptor(fields),
    entityRefs: [
      stringifyEntityRef({ kind: 'Component', name: fields.name }),
      ...fields.apis.map(({ name }) => stringifyEntityRef({ kind: 'API', name })),
    ],
    owner: fields.hasNoOwner ? undefined : fields.owner,
    notes,
  };
}

/** Owners of folders from CODEOWNERS; reads each file once. */
class FolderOwners {
  #deps: DescriptorImporterDeps;
  #files = new Map<string, Promise<CodeownersFile | undefined>>();
  #users: Readonly<Record<string, string>> | undefined;

  constructor(deps: DescriptorImporterDeps) {
    this.#deps = deps;
  }

  /** Returns the owner of a descriptor in the folder. */
  async of(
    folder: string,
    { repository, root }: { repository: Repository | undefined; root: string },
  ): Promise<string | undefined> {
    const file = await this.#file(repository?.root ?? root, repository?.remote?.webUrl);
    const path = file && pathFor(file, joinUri(folder, DESCRIPTOR_NAME));
    if (!file || path === undefined) return undefined;
    const { owners } = ownersOfPath(file.rules, path);
    const { catalog } = this.#deps;
    const mapping = catalog.options.codeownersOwners;
    const hasAddress = owners.some(owner => !owner.startsWith('@'));
    return chooseOwner(owners, {
      mapping: hasAddress ? { ...this.#usersByAddress(), ...mapping } : mapping,
      exists: ref => catalog.getEntityByRef(ref) !== undefined,
    });
  }

  #file(root: string, host: string | undefined): Promise<CodeownersFile | undefined> {
    const file =
      this.#files.get(root) ??
      readCodeownersFile(root, { fileSystem: this.#deps.fileSystem, host });
    this.#files.set(root, file);
    return file;
  }

  #usersByAddress(): Readonly<Record<string, string>> {
    return (this.#users ??= Object.fromEntries(
      this.#deps.catalog
        .getEntities({ filter: [[{ key: 'kind', values: ['User'] }]] })
        .flatMap(user => {
          const email = emailOf(user);
          return email === undefined ? [] : [[email.toLowerCase(), stringifyEntityRef(user)]];
        }),
    ));
  }
}

function emailOf({ spec }: Entity): string | undefined {
  const profile = spec?.['profile'];
  const email = isRecord(profile) ? profile['email'] : undefined;
  return typeof email === 'string' ? email : undefined;
}
