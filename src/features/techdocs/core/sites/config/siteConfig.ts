import { errorMessage, ownValue } from '../../../../../base';
import type { JsonValue, Severity } from '../../../../../model';
import { type PathSpec, readPathSpec } from '../files/pathSpec';
import { titleOfName } from '../python/texts';
import { splitUrl } from '../python/urls';
import type { SiteProblems } from '../siteProblems';
import {
  booleanOf,
  childOf,
  type ConfigList,
  type ConfigMap,
  type ConfigNode,
  type ConfigPlace,
  isAbsent,
  mapOf,
  plainValue,
  stringOf,
  stringsOf,
} from './configNode';
import { readExtensions, readPlugins, type SitePlugin } from './loadables';

/** Values of a `mkdocs.yml`, as MkDocs interprets them. */
export interface SiteConfig {
  /** URI of the file. */
  readonly file: string;
  /** Undefined if missing. MkDocs requires it. */
  readonly siteName: string | undefined;
  /** With a trailing slash. */
  readonly siteUrl: string | undefined;
  readonly siteDescription: string | undefined;
  readonly siteAuthor: string | undefined;
  /** Language of the texts as a BCP 47 tag. */
  readonly language: string;
  /** HTML. */
  readonly copyright: string | undefined;
  /** Additional style sheets and scripts: paths below the docs folder, or addresses. */
  readonly extraCss: readonly string[];
  readonly extraScripts: readonly ExtraScript[];
  /** Path as written, relative to the config's folder. */
  readonly docsDir: string;
  readonly docsDirPlace: ConfigPlace;
  /** Undefined if the navigation is derived from the files. */
  readonly nav: ConfigList | undefined;
  readonly useDirectoryUrls: boolean;
  readonly repoUrl: string | undefined;
  readonly repoName: string | undefined;
  /** With a trailing slash, and the host's default applied. */
  readonly editUri: string | undefined;
  readonly editUriTemplate: string | undefined;
  /** Whether TechDocs fills in missing values from the site's repository. */
  readonly isEditUriOpen: boolean;
  readonly exclude: PathSpec;
  readonly drafts: PathSpec;
  readonly notInNav: PathSpec;
  /** Severities; undefined if not reported. */
  readonly navLevels: {
    readonly omittedFiles: Severity | undefined;
    readonly notFound: Severity | undefined;
    readonly absoluteLinks: Severity | undefined;
  };
  /** Whether navigation paths with a leading slash are relative to the docs folder. */
  readonly absoluteIsDocs: boolean;
  readonly links: LinkLevels;
  /** Whether warnings fail the build. */
  readonly isStrict: boolean;
  readonly plugins: readonly SitePlugin[];
  /** Options by name, in order. MkDocs' built-in extensions come first. */
  readonly extensions: ReadonlyMap<string, JsonValue>;
  readonly extra: JsonValue;
}

/** An entry of `extra_javascript`. */
interface ExtraScript {
  readonly path: string;
  readonly type: string;
  readonly isAsync: boolean;
  readonly isDeferred: boolean;
}

/** Severities of broken links; undefined if not reported. */
interface LinkLevels {
  readonly notFound: Severity | undefined;
  readonly absoluteLinks: Severity | undefined;
  /** Whether paths with a leading slash are relative to the docs folder. */
  readonly absoluteIsDocs: boolean;
  readonly unrecognizedLinks: Severity | undefined;
  readonly anchors: Severity | undefined;
}

/** Source: `mkdocs.config.defaults` and `config_options`, including messages. */
export function readSiteConfig(map: ConfigMap, problems: SiteProblems): SiteConfig {
  const reader = new ConfigReader(map, problems);
  const { file } = map.place;
  const repoUrl = reader.url('repo_url');
  const editUri = reader.text('edit_uri');
  const editUriTemplate = reader.template('edit_uri_template');
  const levels = { ...reader.navLevels(), links: reader.linkLevels() };
  return {
    file,
    siteName: reader.siteName(),
    siteUrl: withSlash(reader.url('site_url')),
    siteDescription: reader.text('site_description'),
    siteAuthor: reader.text('site_author'),
    language: stringOf(childOf(mapOf(childOf(map, 'theme')), 'language')) ?? 'en',
    copyright: reader.text('copyright'),
    extraCss: stringsOf(childOf(map, 'extra_css')).map(({ text }) => text),
    extraScripts: readScripts(childOf(map, 'extra_javascript')),
    docsDir: reader.text('docs_dir') ?? 'docs',
    docsDirPlace: childOf(map, 'docs_dir')?.place ?? { file, range: map.place.range },
    nav: reader.nav(),
    useDirectoryUrls: reader.flag('use_directory_urls') ?? true,
    repoUrl,
    repoName: reader.text('repo_name') ?? repoNameOf(repoUrl),
    editUri: editUriOf(editUri, repoUrl),
    editUriTemplate,
    isEditUriOpen: !editUri && (!map.entries.has('repo_url') || !map.entries.has('edit_uri')),
    exclude: reader.pathSpec('exclude_docs'),
    drafts: reader.pathSpec('draft_docs'),
    notInNav: reader.pathSpec('not_in_nav'),
    ...levels,
    isStrict: reader.flag('strict') ?? false,
    plugins: readPlugins(map, problems),
    extensions: readExtensions(map, problems),
    extra: plainValue(mapOf(childOf(map, 'extra'))) ?? {},
  };
}

function withSlash(url: string | undefined): string | undefined {
  return url && !url.endsWith('/') ? `${url}/` : url;
}

/** Source: `RepoName.post_validation`. */
function repoNameOf(repoUrl: string | undefined): string | undefined {
  if (!repoUrl) return undefined;
  const host = splitUrl(repoUrl).authority.toLowerCase();
  const [first = ''] = host.split('.');
  return ownValue(KNOWN_HOSTS, host) ?? titleOfName(first);
}

const KNOWN_HOSTS: Readonly<Record<string, string>> = {
  'github.com': 'GitHub',
  'bitbucket.org': 'Bitbucket',
  'gitlab.com': 'GitLab',
};

/** Source: `ExtraScript` of `mkdocs.config.config_options`. */
function readScripts(node: ConfigNode | undefined): readonly ExtraScript[] {
  const items = node?.type === 'list' ? node.items : [];
  return items.flatMap((item): readonly ExtraScript[] => {
    const map = mapOf(item);
    const path = stringOf(map ? childOf(map, 'path') : item);
    if (path === undefined) return [];
    const isModule = path.endsWith('.mjs');
    return [
      {
        path,
        type: stringOf(childOf(map, 'type')) ?? (isModule && !map ? 'module' : ''),
        isAsync: booleanOf(childOf(map, 'async')) ?? false,
        isDeferred: booleanOf(childOf(map, 'defer')) ?? false,
      },
    ];
  });
}

function editUriOf(written: string | undefined, repoUrl: string | undefined): string | undefined {
  return withSlash(written ?? (repoUrl === undefined ? undefined : defaultEditUri(repoUrl)));
}

/** Source: `EditURI.post_validation`, with the hosts' former default branches. */
function defaultEditUri(repoUrl: string): string | undefined {
  const host = splitUrl(repoUrl).authority.toLowerCase();
  if (host === 'github.com' || host === 'gitlab.com') return 'edit/master/docs/';
  return host === 'bitbucket.org' ? 'src/default/docs/' : undefined;
}

const LEVELS: ReadonlyMap<string | undefined, Severity | undefined> = new Map([
  ['warn', 'warning'],
  ['info', 'info'],
  ['ignore', undefined],
]);

class ConfigReader {
  #map: ConfigMap;
  #problems: SiteProblems;

  constructor(map: ConfigMap, problems: SiteProblems) {
    this.#map = map;
    this.#problems = problems;
  }

  siteName(): string | undefined {
    const node = childOf(this.#map, 'site_name');
    const name = this.text('site_name');
    // MkDocs stops before validation if it can't read the config.
    if (!this.#map.isIncomplete && isAbsent(node)) {
      const { file, range } = node?.place ?? this.#map.place;
      const place = { file, range: node ? range : { start: range.start, end: range.start } };
      this.#reportProblem('site_name', 'Required configuration not provided.', place);
    }
    return name;
  }

  text(key: string): string | undefined {
    const node = this.#present(key);
    const text = stringOf(node);
    if (node && text === undefined) this.#expected(key, 'str', node);
    return text;
  }

  flag(key: string): boolean | undefined {
    const node = this.#present(key);
    const flag = booleanOf(node);
    if (node && flag === undefined) this.#expected(key, 'bool', node);
    return flag;
  }

  url(key: string): string | undefined {
    const node = this.#present(key);
    const url = stringOf(node);
    if (!node || url === '') return url;
    if (url === undefined) {
      this.#expected(key, 'str', node);
      return undefined;
    }
    const { scheme, authority } = splitUrl(url);
    if (scheme && authority) return url;
    this.#reportProblem(
      key,
      "The URL isn't valid, it should include the http:// (scheme)",
      node.place,
    );
    return undefined;
  }

  template(key: string): string | undefined {
    const node = this.#present(key);
    const template = this.text(key);
    if (!node || template === undefined) return undefined;
    const unknown = [
      ...template.replaceAll('{{', '').matchAll(/\{([^{}!:]*)(?:[!:][^{}]*)?\}/g),
    ].find(([, name]) => name !== 'path' && name !== 'path_noext');
    if (!unknown) return template;
    this.#reportProblem(key, `Unknown template substitute: '${unknown[1] ?? ''}'`, node.place);
    return undefined;
  }

  pathSpec(key: string): PathSpec {
    const node = this.#present(key);
    if (!node) return [];
    const object = (message: string): void => this.#reportProblem(key, message, node.place);
    const text = stringOf(node);
    if (text === undefined) object('Expected a multiline string.');
    else {
      try {
        return readPathSpec(text, pattern =>
          object(`The pattern '${pattern}' takes too long to match and is ignored`),
        );
      } catch (error) {
        object(errorMessage(error));
      }
    }
    return [];
  }

  nav(): ConfigList | undefined {
    const node = this.#present('nav');
    if (!node) return undefined;
    if (node.type !== 'list') {
      this.#reportProblem('nav', 'Expected nav to be a list', node.place);
      return undefined;
    }
    for (const item of node.items) this.#checkNavItem(item);
    return node.items.length ? node : undefined;
  }

  navLevels(): Pick<SiteConfig, 'navLevels' | 'absoluteIsDocs'> {
    const { level, absoluteIsDocs, common } = this.#levels('nav');
    return {
      navLevels: { omittedFiles: level('omitted_files', 'info'), ...common },
      absoluteIsDocs,
    };
  }

  linkLevels(): LinkLevels {
    const { level, absoluteIsDocs, common } = this.#levels('links');
    return {
      ...common,
      absoluteIsDocs,
      unrecognizedLinks: level('unrecognized_links', 'info'),
      anchors: level('anchors', 'info'),
    };
  }

  /** Reads a section of `validation`. Values outside the sections apply to both. */
  #levels(part: 'nav' | 'links') {
    const validation = mapOf(childOf(this.#map, 'validation'));
    const own = mapOf(childOf(validation, part));
    const written = (key: string): string | undefined =>
      stringOf(childOf(own, key) ?? childOf(validation, key));
    const level = (key: string, usual: Severity): Severity | undefined => {
      const value = written(key);
      return LEVELS.has(value) ? LEVELS.get(value) : usual;
    };
    return {
      level,
      absoluteIsDocs: written('absolute_links') === 'relative_to_docs',
      common: {
        notFound: level('not_found', 'warning'),
        absoluteLinks: level('absolute_links', 'info'),
      },
    };
  }

  #checkNavItem(node: ConfigNode): void {
    if (stringOf(node) !== undefined) return;
    if (node.type !== 'map') {
      this.#reportProblem('nav', 'Expected nav item to be a string or dict', node.place);
      return;
    }
    if (node.entries.size !== 1) {
      this.#reportProblem(
        'nav',
        `Expected nav item to be a dict of size 1${keysOf(node)}`,
        node.place,
      );
    }
    for (const { value, key } of node.entries.values()) this.#checkNavValue(value, key);
  }

  #checkNavValue(node: ConfigNode, key: ConfigPlace): void {
    if (stringOf(node) !== undefined) return;
    if (node.type === 'list') for (const item of node.items) this.#checkNavItem(item);
    else if (node.type === 'map' && node.entries.size) {
      for (const entry of node.entries.values()) this.#checkNavValue(entry.value, entry.key);
    } else {
      const place = isAbsent(node) ? key : node.place;
      this.#reportProblem('nav', `Expected nav to be a list${textOf(node)}`, place);
    }
  }

  /** Returns a value unless it is null. */
  #present(key: string): ConfigNode | undefined {
    const node = childOf(this.#map, key);
    return isAbsent(node) ? undefined : node;
  }

  #expected(key: string, type: string, node: ConfigNode): void {
    this.#reportProblem(key, `Expected type: <class '${type}'>${textOf(node)}`, node.place);
  }

  #reportProblem(key: string, message: string, place: ConfigPlace): void {
    this.#problems.add('mkdocs-invalid', `Config value '${key}': ${message}`, { place });
  }
}

function keysOf(node: ConfigMap): string {
  const keys = [...node.entries.keys()];
  return keys.length ? `, got dict with keys (${keys.map(key => `'${key}'`).join(', ')})` : '';
}

function textOf(node: ConfigNode): string {
  return node.type === 'scalar' ? `, got ${node.text}` : `, got a ${node.type}`;
}
