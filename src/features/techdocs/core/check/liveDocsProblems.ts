import type { TechDocsSite } from '../../../../api';
import { compareCodeUnits, dirnameUri, isWithin, type Logger } from '../../../../base';
import type { Problem } from '../../../../model';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import { CONFIG_NAMES, configsAbove } from '../sites/config/loadConfig';
import { isPagePath } from '../sites/files/siteFile';
import type { TechDocsSites } from '../sites/workspace/techDocsSites';
import type { DocsChecker } from './docsChecker';

export interface LiveDocsProblemsDeps {
  readonly sites: Pick<TechDocsSites, 'getSites' | 'build'>;
  readonly checker: DocsChecker;
  /** Includes unsaved changes of open editors. */
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  /** URIs of the files in open editors. */
  readonly openFiles: () => ReadonlySet<string>;
  /** Called with all problems of a file whenever they change. */
  readonly show: (file: string, problems: readonly Problem[]) => void;
}

/**
 * Reports problems of the sites being edited: those with an open config or page. All their pages
 * are checked, the open ones first.
 */
export class LiveDocsProblems {
  #deps: LiveDocsProblemsDeps;
  #current = new AbortController();
  /** Reported problems, by file. */
  #shown = new Map<string, readonly Problem[]>();

  constructor(deps: LiveDocsProblemsDeps) {
    this.#deps = deps;
  }

  /** Updates problems after file changes. Call after the sites and the checker are up to date. */
  async changed(changes: readonly FileChange[]): Promise<void> {
    const uris = changes.map(({ uri }) => uri);
    if (this.#shown.size || uris.some(uri => isPagePath(uri))) await this.update();
  }

  /** Checks all open sites again. Unchanged pages come from the cache. */
  async update(): Promise<void> {
    this.#current.abort();
    const { signal } = (this.#current = new AbortController());
    try {
      const found = new FoundProblems();
      for (const site of await this.#openSites(signal)) await this.#check(site, found, signal);
      signal.throwIfAborted();
      for (const file of this.#shown.keys()) if (!found.has(file)) this.#show(file, []);
      for (const file of found.files()) this.#show(file, found.of(file));
    } catch (error) {
      if (signal.aborted) return;
      this.#deps.logger.error('Documentation could not be checked', error);
    }
  }

  dispose(): void {
    this.#current.abort();
  }

  async #check(site: TechDocsSite, found: FoundProblems, signal: AbortSignal): Promise<void> {
    const { sites, checker, openFiles } = this.#deps;
    const built = await sites.build(site.id, { signal });
    if (!built) return;
    const open = openFiles();
    found.add(built.content.problems);
    const isOpen = ({ uri }: { uri: string }): boolean => open.has(uri);
    found.add(await checker.check(built, { signal, isWanted: isOpen }));
    for (const page of built.files.values()) {
      if (isOpen(page)) this.#show(page.uri, found.of(page.uri));
    }
    const isClosed = (page: { uri: string }): boolean => !isOpen(page);
    found.add(await checker.check(built, { signal, isWanted: isClosed }));
  }

  /** Sites are loaded only if a config is open, or is above an open page. */
  async #openSites(signal: AbortSignal): Promise<readonly TechDocsSite[]> {
    const open = [...this.#deps.openFiles()];
    const configs = open.filter(uri => CONFIG_NAMES.some(name => uri.endsWith(`/${name}`)));
    const pages = open.filter(uri => isPagePath(uri));
    const { fileSystem } = this.#deps;
    const nearest = await Promise.all(pages.map(page => configsAbove(page, fileSystem).next()));
    const folders = new Set(nearest.flatMap(({ value }) => (value ? [dirnameUri(value)] : [])));
    if (!configs.length && !folders.size) return [];
    const sites = await this.#deps.sites.getSites({ signal });
    return sites.filter(
      ({ config, folder, origin }) =>
        origin !== 'readme' &&
        (folders.has(folder) ||
          configs.some(uri => uri === config) ||
          (origin === 'generated' && pages.some(page => isWithin(folder, page)))),
    );
  }

  #show(file: string, problems: readonly Problem[]): void {
    const before = this.#shown.get(file) ?? [];
    if (JSON.stringify(before) === JSON.stringify(problems)) return;
    if (problems.length) this.#shown.set(file, problems);
    else this.#shown.delete(file);
    this.#deps.show(file, problems);
  }
}

/** Problems by file, without duplicates from pages in several sites. */
class FoundProblems {
  #byFile = new Map<string, Map<string, Problem>>();

  add(problems: readonly Problem[]): void {
    for (const problem of problems) {
      const { code, file, range, message } = problem;
      if (file === undefined) continue;
      const { line, character } = range.start;
      const key = `${code} ${line}:${character} ${isPagePath(file) ? '' : message}`;
      const ofFile = this.#byFile.get(file);
      if (!ofFile) this.#byFile.set(file, new Map([[key, problem]]));
      else if (!ofFile.has(key)) ofFile.set(key, problem);
    }
  }

  has(file: string): boolean {
    return this.#byFile.has(file);
  }

  of(file: string): readonly Problem[] {
    return [...(this.#byFile.get(file)?.values() ?? [])];
  }

  files(): readonly string[] {
    return [...this.#byFile.keys()].sort(compareCodeUnits);
  }
}
