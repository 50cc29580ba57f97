import {
  basenameUri,
  dirnameUri,
  isWithin,
  joinUri,
  ownValue,
  relativePath,
} from '../../../../../base';
import type { Severity } from '../../../../../model';
import type { FileSystem } from '../../../../../platform/core/ports';
import {
  type ConfigMap,
  type ConfigPlace,
  childOf,
  isAbsent,
  stringOf,
} from '../config/configNode';
import { type FolderListing, type FoundFile } from '../files/docsFolder';
import { type NavEntry, readNavEntries } from '../navigation/navTree';
import { compareCodePoints, splitExtension, titleOfName } from '../python/texts';
import { isAbsoluteUrl } from '../python/urls';
import type { SiteProblems } from '../siteProblems';
import { filesOfPattern } from './includeGlob';

/**
 * Converts a site name to a folder name.
 *
 * Source: `slugify` of python-slugify. Unlike there, letters without a Latin form are dropped.
 */
function slugOf(name: string): string {
  return name
    .replace(/'+/g, '-')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþ]/gi, letter => ownValue(SPELLED, letter.toLowerCase()) ?? '')
    .toLowerCase()
    .replace(/(?<=\d),(?=\d)/g, '')
    .replace(/[^-a-z0-9]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
}

const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** A site that another site includes. */
export interface IncludedSite {
  /** Folder of its pages in the whole site. */
  readonly alias: string;
  readonly config: ConfigMap;
  /** URI of its docs folder. */
  readonly docsFolder: string;
  readonly files: readonly FoundFile[];
}

export interface MonorepoDeps {
  /** URI of the including config. */
  readonly config: string;
  readonly boundary: string;
  readonly fileSystem: FileSystem;
  readonly signal: AbortSignal | undefined;
  readonly problems: SiteProblems;
  /** Undefined if the config doesn't exist or can't be read. */
  readonly loadConfig: (uri: string) => Promise<ConfigMap | undefined>;
  readonly listDocs: (folder: string) => Promise<FolderListing>;
}

export interface Monorepo {
  /** Undefined if the navigation is derived from the files, also if a pattern matches nothing. */
  readonly entries: readonly NavEntry[] | undefined;
  /** In the order in which their files override each other. */
  readonly included: readonly IncludedSite[];
}

const INCLUDE = '!include ';
const WILDCARD = '*include ';

/**
 * Resolves `!include path` and `*include pattern` in the navigation. Reports errors on which the
 * plugin would fail, and leaves those entries without pages.
 *
 * Source: `parser.py` and `merger.py` of mkdocs-monorepo-plugin 1.1.2.
 */
export async function resolveIncludes(
  entries: readonly NavEntry[],
  deps: MonorepoDeps,
): Promise<Monorepo> {
  const resolver = new IncludeResolver(deps);
  const resolved = await resolver.resolve(entries);
  return { entries: resolved, included: resolver.included };
}

class IncludeResolver {
  #deps: MonorepoDeps;
  #sites = new Map<string, Promise<IncludedSite | undefined>>();
  #aliases = new Map<string, string>();
  #used = new Set<IncludedSite>();
  readonly included: IncludedSite[] = [];

  constructor(deps: MonorepoDeps) {
    this.#deps = deps;
  }

  async resolve(entries: readonly NavEntry[]): Promise<readonly NavEntry[] | undefined> {
    const resolved: NavEntry[] = [];
    for (const entry of entries) {
      const { target, children } = entry;
      if (children) {
        const own = await this.resolve(children);
        if (!own) return undefined;
        resolved.push({ ...entry, children: own });
      } else if (target?.startsWith(INCLUDE)) {
        resolved.push(await this.#included(entry, target.slice(INCLUDE.length)));
      } else if (target?.startsWith(WILDCARD) && entry.title !== undefined) {
        const own = await this.#matching(entry, target.slice(WILDCARD.length));
        if (!own) return undefined;
        resolved.push({ ...entry, children: own });
      } else resolved.push(entry);
    }
    return resolved;
  }

  async #included(entry: NavEntry, path: string): Promise<NavEntry> {
    const { title, place } = entry;
    const folder = dirnameUri(this.#deps.config);
    const uri = joinUri(folder, path);
    if (title === undefined)
      this.#reportProblem('An include needs a title: `- Title: "!include …"`', place);
    if (path.startsWith('/') || !isWithin(this.#deps.boundary, uri)) {
      this.#outside(path, place);
      return { ...entry, target: '', children: [] };
    }
    const site = await this.#site(uri, place);
    if (site && this.#used.has(site)) {
      this.#reportProblem(
        `You cannot have duplicated site names: ${this.#displayPath(uri)} is included twice`,
        place,
      );
    }
    if (site) this.#used.add(site);
    return {
      title: title ?? site?.alias,
      place,
      children: site ? await this.#entriesOf(site, place) : [],
    };
  }

  async #matching({ place }: NavEntry, pattern: string): Promise<readonly NavEntry[] | undefined> {
    const { config, boundary, fileSystem, signal } = this.#deps;
    if (!/\.ya?ml$/.test(pattern)) {
      this.#reportProblem(
        `The wildcard include path ${pattern} does not end with .yml (or .yaml)`,
        place,
      );
      return [];
    }
    const folder = dirnameUri(config);
    let found: readonly string[] | undefined;
    try {
      found = await filesOfPattern(pattern, { folder, boundary, fileSystem, signal });
    } catch {
      signal?.throwIfAborted();
      // Unreadable folders are skipped, so the pattern is the cause.
      this.#reportProblem(`The wildcard include path ${pattern} takes too long to match`, place);
      return [];
    }
    if (!found) {
      this.#outside(pattern, place);
      return [];
    }
    const sections: NavEntry[] = [];
    for (const uri of found) {
      if (uri === config) continue;
      const site = await this.#site(uri, place);
      if (!site) continue;
      const title = stringOf(childOf(site.config, 'site_name'));
      sections.push({ title, place, children: await this.#entriesOf(site, place) });
    }
    if (found.length) return sections;
    // The only include error on which the plugin continues.
    this.#reportProblem(`The wildcard include path ${pattern} matches no file`, place, 'warning');
    return undefined;
  }

  #site(uri: string, place: ConfigPlace): Promise<IncludedSite | undefined> {
    let site = this.#sites.get(uri);
    if (!site) this.#sites.set(uri, (site = this.#load(uri, place)));
    return site;
  }

  async #load(uri: string, place: ConfigPlace): Promise<IncludedSite | undefined> {
    const shown = this.#displayPath(uri);
    if (!/\.ya?ml$/.test(basenameUri(uri))) {
      this.#reportProblem(
        `The included file path ${shown} does not point to a .yml (or .yaml) file`,
        place,
      );
      return undefined;
    }
    const config = await this.#deps.loadConfig(uri);
    if (!config) {
      this.#reportProblem(`The included file path ${shown} does not exist`, place);
      return undefined;
    }
    const name = childOf(config, 'site_name');
    const alias = name?.type === 'scalar' ? aliasOf(name.text) : '';
    if (alias === '' || alias.split('/').includes('..')) {
      this.#reportProblem(
        `The included file path ${shown} does not contain a valid 'site_name' key`,
        place,
      );
      return undefined;
    }
    const other = this.#aliases.get(alias);
    if (other !== undefined) {
      const others = this.#displayPath(other);
      this.#reportProblem(
        `You cannot have duplicated site names: ${shown} has that of ${others}`,
        place,
      );
      return undefined;
    }
    this.#aliases.set(alias, uri);
    const written = stringOf(childOf(config, 'docs_dir')) ?? 'docs';
    const docsFolder = joinUri(dirnameUri(uri), written);
    if (written.startsWith('/') || !isWithin(this.#deps.boundary, docsFolder)) {
      this.#outside(written, childOf(config, 'docs_dir')?.place ?? place);
      return undefined;
    }
    const { files } = await this.#deps.listDocs(docsFolder);
    if (!files) {
      const message = `The docs folder of ${shown}, "${written}", does not exist`;
      this.#deps.problems.add('docs-dir-invalid', message, { place });
      return undefined;
    }
    const site = { alias, config, docsFolder, files };
    this.included.push(site);
    return site;
  }

  async #entriesOf(site: IncludedSite, place: ConfigPlace): Promise<readonly NavEntry[]> {
    const nav = childOf(site.config, 'nav');
    if (!nav) return entriesOfFiles(site, place);
    if (isAbsent(nav) || nav.type !== 'list') {
      this.#reportProblem(
        `The nav of ${this.#displayPath(site.config.place.file)} isn't a list`,
        nav.place,
      );
      return [];
    }
    return this.#prefixed(readNavEntries(nav), site.alias);
  }

  #prefixed(entries: readonly NavEntry[], alias: string): readonly NavEntry[] {
    return entries.flatMap(entry => {
      const { target, children, place } = entry;
      if (children) return [{ ...entry, children: this.#prefixed(children, alias) }];
      if (target?.startsWith(INCLUDE)) {
        this.#reportProblem('Nested !include statements are not supported', place);
        return [];
      }
      const isExternal = target === undefined || isAbsoluteUrl(target);
      return [isExternal ? entry : { ...entry, target: `${alias}/${target}` }];
    });
  }

  #displayPath(uri: string): string {
    return relativePath(this.#deps.boundary, uri) ?? basenameUri(uri);
  }

  #reportProblem(message: string, place: ConfigPlace, severity: Severity = 'error'): void {
    this.#deps.problems.add('docs-include-missing', message, { place, severity });
  }

  #outside(path: string, place: ConfigPlace): void {
    const message = `"${path}" is outside the repository and isn't read`;
    this.#deps.problems.add('docs-outside-repository', message, { place });
  }
}

function aliasOf(siteName: string): string {
  return /^[a-zA-Z0-9_.\-/]+$/.test(siteName) ? siteName : slugOf(siteName);
}

/** Derives entries from files: folders before pages, each by name. Source: `navFromDir`. */
function entriesOfFiles({ alias, files }: IncludedSite, place: ConfigPlace): readonly NavEntry[] {
  const within = (folder: string): readonly NavEntry[] => {
    const folders = new Set<string>();
    const names: string[] = [];
    for (const { path } of files) {
      if (!path.startsWith(folder)) continue;
      const rest = path.slice(folder.length);
      const slash = rest.indexOf('/');
      if (slash >= 0) folders.add(rest.slice(0, slash));
      else if (splitExtension(rest)[1] === '.md') names.push(rest);
    }
    return [
      ...[...folders].sort(compareCodePoints).flatMap((name): readonly NavEntry[] => {
        const children = within(`${folder}${name}/`);
        return children.length ? [{ title: titleOfName(name), place, children }] : [];
      }),
      ...names
        .sort(compareCodePoints)
        .map(name => ({ title: undefined, place, target: `${alias}/${folder}${name}` })),
    ];
  };
  return within('');
}
