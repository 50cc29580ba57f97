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
  /** With what is typed and not saved. */
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  /** URIs of the files that are open in editors. */
  readonly openFiles: () => ReadonlySet<string>;
  /** Called with all that is to be said of a file, as often as that is something else. */
  readonly show: (file: string, problems: readonly Problem[]) => void;
}

/**
 * What is wrong with the sites that somebody works on: those of which a config or page is open, with all their
 * pages. The open pages come first, so that who types sees at once what that did.
 */
export class LiveDocsProblems {
  #deps: LiveDocsProblemsDeps;
  #current = new AbortController();
  /** By file, what is shown of it. */
  #shown = new Map<string, readonly Problem[]>();

  constructor(deps: LiveDocsProblemsDeps) {
    this.#deps = deps;
  }

  /** Files have changed: to be called when the sites and the checker know it. */
  async changed(changes: readonly FileChange[]): Promise<void> {
    const uris = changes.map(({ uri }) => uri);
    if (this.#shown.size || uris.some(uri => isPagePath(uri))) await this.update();
  }

  /** Looks at everything again; what has not changed costs little. */
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

  /** Sites are looked for when there is a config above an open page, or one is open. */
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

/** Problems by file; what two sites say of a place of a page is said once. */
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
