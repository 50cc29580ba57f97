import type { CatalogService } from '../../../../../api';
import { basenameUri, dirnameUri, isAbort, isRecord, isWithin, joinUri } from '../../../../../base';
import { decodeText, FIXTURE_ENDINGS, isFixture, exists } from '../../../../../platform/core/files';
import type { Clock, FileChange, FileSystem } from '../../../../../platform/core/ports';
import { composeDocuments, MAX_ALIASES } from '../../../../../platform/core/yaml';
import { type CatalogEngine, openFileSelector } from '../../../../catalog/core';
import type { Repositories } from '../../../../catalog/core/shared';
import { goldenFolders, skeletonFolders } from '../../../../templates/core';
import { CONFIG_NAMES, README_NAMES } from '../config/loadConfig';

const CONFIG = /^mkdocs\.ya?ml$/;
/** Limits for fixtures of templates: in bytes, and in levels. */
const MAX_FIXTURE_SIZE = 1024 * 1024;

/** Files of a folder that determine whether it is a site. */
export interface SiteFolder {
  readonly config: string | undefined;
  readonly hasDocs: boolean;
  readonly readme: string | undefined;
}

export interface SiteFoldersDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntityRefs' | 'getEntitySource'> &
    Pick<CatalogEngine, 'roots' | 'options'>;
  readonly repositories: Repositories;
}

/** Results of a workspace search, as URIs. */
interface Found {
  readonly configs: readonly string[];
  /** Folders with expected template output, which aren't sites. */
  readonly golden: readonly string[];
}

/** Finds and caches configs in the workspace, and the site files of folders. */
export class SiteFolders {
  #deps: SiteFoldersDeps;
  #found: Promise<Found> | undefined;
  #folders = new Map<string, Promise<SiteFolder>>();
  /** Key of the folders and exclusions that `#found` is for. */
  #subject = '';

  constructor(deps: SiteFoldersDeps) {
    this.#deps = deps;
  }

  /** Whether the workspace folders or their exclusions have changed. */
  isOutdated(): boolean {
    return this.#subject !== this.#currentSubject();
  }

  /**
   * Returns the URIs of folders with a config, except template skeletons and expected template
   * output.
   *
   * @throws AbortError if the signal is aborted
   */
  async withConfig(signal?: AbortSignal): Promise<readonly string[]> {
    if (this.isOutdated()) {
      this.#subject = this.#currentSubject();
      this.#found = undefined;
      this.#folders.clear();
    }
    const finding = (this.#found ??= this.#find(signal));
    let found;
    try {
      found = await finding;
    } catch (error) {
      if (this.#found === finding) this.#found = undefined;
      // Callers that waited for an aborted search start a new one.
      if (signal?.aborted || !isAbort(error)) throw error;
      return this.withConfig(signal);
    }
    const foreign = [...this.#skeletons(), ...found.golden];
    const isOurs = (uri: string): boolean => !foreign.some(folder => isWithin(folder, uri));
    return [...new Set(found.configs.filter(isOurs).map(dirnameUri))];
  }

  look(folder: string): Promise<SiteFolder> {
    let found = this.#folders.get(folder);
    if (!found) this.#folders.set(folder, (found = this.#look(folder)));
    return found;
  }

  /** @returns whether these changes may add or remove sites */
  async applyChanges(changes: readonly FileChange[]): Promise<boolean> {
    let isChanged = false;
    for (const { type, uri } of changes) {
      if (type === 'changed' && !isFixture(uri)) continue;
      const name = basenameUri(uri);
      const isFolder = type === 'created' && !name.includes('.') && (await this.#isFolder(uri));
      const isGone = type === 'deleted' && (await this.#holdsConfig(uri));
      if (CONFIG.test(name) || isFixture(uri) || isFolder || isGone) {
        this.#found = undefined;
        isChanged = true;
      }
      for (const folder of this.#folders.keys()) {
        if (!affectsFolder(uri, folder)) continue;
        this.#folders.delete(folder);
        isChanged = true;
      }
    }
    return isChanged;
  }

  async #find(signal: AbortSignal | undefined): Promise<Found> {
    const { fileSystem, clock, catalog, repositories } = this.#deps;
    const { roots, options } = catalog;
    const configs: string[] = [];
    const fixtures: string[] = [];
    for (const root of roots) {
      const inner = roots.filter(other => other !== root && isWithin(root.uri, other.uri));
      const selector = await openFileSelector({
        root: root.uri,
        repository: (await repositories.find(root.uri))?.root,
        fileSystem,
        options: {
          include: [
            ...CONFIG_NAMES.map(name => `**/${name}`),
            ...FIXTURE_ENDINGS.map(ending => `**/*${ending}`),
          ],
          exclude: [...options.exclude, ...options.filesExclude],
        },
      });
      await selector.findFiles([root.uri], {
        ...(signal && { signal }),
        clock,
        onFile: uri => {
          if (inner.some(other => isWithin(other.uri, uri))) return;
          if (isFixture(uri)) fixtures.push(uri);
          else configs.push(uri);
        },
      });
    }
    const golden = await Promise.all(fixtures.map(uri => this.#goldenOf(uri)));
    return { configs, golden: golden.flat() };
  }

  /** Returns nothing for an unreadable fixture; running it reports the error. */
  async #goldenOf(fixture: string): Promise<readonly string[]> {
    const { fileSystem } = this.#deps;
    try {
      const stat = await fileSystem.stat(fixture);
      if (!stat || stat.size > MAX_FIXTURE_SIZE) return [];
      const text = decodeText(await fileSystem.readFile(fixture));
      return composeDocuments(text).flatMap(({ document }) =>
        goldenFolders(document?.toJS({ maxAliasCount: MAX_ALIASES }), fixture),
      );
    } catch {
      // Running the fixture reports why it can't be read.
      return [];
    }
  }

  async #look(folder: string): Promise<SiteFolder> {
    const { fileSystem } = this.#deps;
    const listed = await this.#namesIn(folder);
    const isSeenIn = async (name: string): Promise<boolean> =>
      listed.has(name.toLowerCase()) && (await exists(joinUri(folder, name), fileSystem));
    const first = async (names: readonly string[]): Promise<string | undefined> => {
      for (const name of names) if (await isSeenIn(name)) return joinUri(folder, name);
      return undefined;
    };
    const [config, readme, hasDocs] = await Promise.all([
      first(CONFIG_NAMES),
      first(README_NAMES),
      isSeenIn('docs'),
    ]);
    return { config, readme, hasDocs };
  }

  /**
   * Returns names in lower case, since some disks ignore case. One read tells for most folders that
   * they have no docs.
   */
  async #namesIn(folder: string): Promise<ReadonlySet<string>> {
    try {
      const entries = await this.#deps.fileSystem.readDirectory(folder);
      return new Set(entries.map(({ name }) => name.toLowerCase()));
    } catch {
      // The walk of the catalog reports folders that can't be read.
      return new Set();
    }
  }

  #skeletons(): readonly string[] {
    const { catalog } = this.#deps;
    return catalog.getEntityRefs().flatMap(ref => {
      if (!ref.startsWith('template:')) return [];
      const file = catalog.getEntitySource(ref)?.file;
      const spec = catalog.getEntityByRef(ref)?.spec;
      return file === undefined || !isRecord(spec) ? [] : skeletonFolders(spec['steps'], file);
    });
  }

  async #isFolder(uri: string): Promise<boolean> {
    try {
      return (await this.#deps.fileSystem.stat(uri))?.type === 'directory';
    } catch {
      // A folder that can't be looked at is reported by the walk of the catalog.
      return false;
    }
  }

  async #holdsConfig(uri: string): Promise<boolean> {
    const found = await this.#found?.catch(() => undefined);
    return found?.configs.some(config => isWithin(uri, config)) ?? false;
  }

  #currentSubject(): string {
    const { roots, options } = this.#deps.catalog;
    return JSON.stringify([roots, options.exclude, options.filesExclude]);
  }
}

/** Whether a created or deleted path can change the site of a folder. */
function affectsFolder(uri: string, folder: string): boolean {
  if (isWithin(uri, folder)) return true;
  if (dirnameUri(uri) !== folder) return isWithin(joinUri(folder, 'docs'), uri);
  return /^(?:mkdocs\.ya?ml|readme\.md|docs)$/i.test(basenameUri(uri));
}
