import { nearNames } from '../../../platform/core';
import { Glob, isTooComplex } from '../../../platform/core/globs';
import type { ConfigIssue } from './configFile';
import {
  configAt,
  configItems,
  type ConfigList,
  type ConfigNode,
  type ConfigPlace,
  configText,
  configTypeName,
} from './configNode';
import {
  canonicalUrl,
  defaultKindRules,
  type KindMatcher,
  type KindRule,
  type LocationMatcher,
} from './kindRules';
import { allowedHosts, integrationHosts, readableHosts } from './readableHosts';

/** An entry of `catalog.locations`. */
export interface ConfiguredLocation {
  readonly type: string;
  /** As written, with variables substituted. */
  readonly target: string;
  /** Position of the target. */
  readonly place: ConfigPlace;
  /** Kinds allowed in addition to `catalog.rules`. */
  readonly allow: readonly KindMatcher[];
}

/** The `catalog:` part of a config, and related settings. */
export interface CatalogConfig {
  readonly locations: readonly ConfiguredLocation[];
  /** Rules of `catalog.rules`; those of locations are separate. */
  readonly rules: readonly KindRule[];
  readonly orphanStrategy: 'keep' | 'delete';
  /**
   * Whether the server finds descriptors with providers or modules' location types, so that its entities can't be
   * known here. Modules with names ending in `org` add users and groups.
   */
  readonly hasDiscovery: boolean;
  /** Whether a server with this config may read from a URL. */
  readonly isReadable: (url: string) => boolean;
  /** Forge kinds by host. */
  readonly hosts: ReadonlyMap<string, string>;
  /** The value of `integrations`. */
  readonly integrations: ConfigNode | undefined;
  /** Hosts of `backend.reading.allow`, for `AllowedHosts`; without port ranges. */
  readonly allowedHosts: readonly string[];
}

/**
 * Location types of servers: two built-in ones; the others need a module. Without it, a server reports "No
 * processor was able to handle reading".
 */
export const LOCATION_TYPES: readonly string[] = ['file', 'url'];
const MODULE_LOCATION_TYPES: readonly string[] = [
  'aws-cloud-accounts',
  'azure-discovery',
  'bitbucket-discovery',
  'github-discovery',
  'github-multi-org',
  'github-org',
  'gitlab-discovery',
  'ldap-org',
  'microsoft-graph-org',
  's3-discovery',
];

/**
 * Reads the catalog settings of a merged config. Settings that would keep a Backstage from starting are issues; the
 * rest still counts.
 *
 * Source: `ConfigLocationEntityProvider`, `DefaultCatalogRulesEnforcer.fromConfig` and
 * `DefaultCatalogProcessingEngine` of `plugins/catalog-backend`; messages are those of `ConfigReader`.
 */
export function readCatalogConfig(
  config: ConfigNode | undefined,
  kinds: readonly string[],
): { readonly config: CatalogConfig; readonly issues: readonly ConfigIssue[] } {
  const reader = new CatalogConfigReader(config, kinds);
  const result: CatalogConfig = {
    locations: reader.locations(),
    rules: reader.rules(),
    orphanStrategy: reader.orphanStrategy(),
    hasDiscovery: reader.hasDiscovery(),
    isReadable: readableHosts(config),
    hosts: integrationHosts(config),
    integrations: configAt(config, 'integrations'),
    allowedHosts: allowedHosts(config),
  };
  return { config: result, issues: reader.issues };
}

class CatalogConfigReader {
  readonly issues: ConfigIssue[] = [];
  #config: ConfigNode | undefined;
  #kinds: readonly string[];

  constructor(config: ConfigNode | undefined, kinds: readonly string[]) {
    this.#config = config;
    this.#kinds = kinds;
    const catalog = configAt(config, 'catalog');
    if (catalog && catalog.type !== 'map') this.#wrongType('catalog', catalog, 'object');
  }

  locations(): readonly ConfiguredLocation[] {
    const written = configAt(this.#config, 'catalog.locations');
    return this.#maps(written, 'catalog.locations', (item, key): ConfiguredLocation[] => {
      const type = this.#text(item, key, 'type', { required: true });
      const target = this.#text(item, key, 'target', { required: true });
      const allow = this.#locationRules(item, key);
      if (type === undefined || target === undefined) return [];
      this.#checkType(configAt(item, 'type') ?? item, type, `${key}.type`);
      return [{ type, target, place: (configAt(item, 'target') ?? item).place, allow }];
    });
  }

  rules(): readonly KindRule[] {
    const written = configAt(this.#config, 'catalog.rules');
    if (!written) return defaultKindRules;
    return this.#maps(written, 'catalog.rules', (rule, key): KindRule[] => {
      const allow = this.#allow(rule, key, matcher => this.#kindMatcher(matcher));
      const locations = this.#locationMatchers(rule, key);
      // An invalid rule allows nothing.
      return allow && locations.isValid ? [{ allow, locations: locations.matchers }] : [];
    });
  }

  orphanStrategy(): 'keep' | 'delete' {
    const catalog = configAt(this.#config, 'catalog');
    if (!catalog) return 'delete';
    const strategy = this.#text(catalog, 'catalog', 'orphanStrategy', { required: false });
    if (strategy === undefined || strategy === 'delete') return 'delete';
    const node = configAt(catalog, 'orphanStrategy');
    if (strategy !== 'keep' && node) {
      this.#report(
        node,
        'catalog.orphanStrategy',
        `"${strategy}" is neither keep nor delete; Backstage uses keep`,
      );
    }
    return 'keep';
  }

  hasDiscovery(): boolean {
    const providers = configAt(this.#config, 'catalog.providers');
    const locations = configAt(this.#config, 'catalog.locations');
    const names = [
      ...(providers?.type === 'map' ? providers.entries.keys() : []),
      ...configItems(locations?.type === 'list' ? locations : undefined).flatMap(
        item => configText(configAt(item, 'type')) ?? [],
      ),
    ];
    return names.some(name => !LOCATION_TYPES.includes(name) && !/org$/i.test(name));
  }

  #locationRules(location: ConfigNode, key: string): readonly KindMatcher[] {
    const rules = configAt(location, 'rules');
    return this.#maps(rules, `${key}.rules`, (rule, ruleKey): readonly KindMatcher[] => {
      // Unlike in `catalog.rules`, a kind must be a text here.
      const allow = this.#allow(rule, ruleKey, node => {
        const kind = configText(node);
        if (kind) return { kind, specType: undefined };
        this.#wrongType(`${ruleKey}.allow`, node, 'string-array');
        return undefined;
      });
      return allow ?? [];
    });
  }

  /** Reads the maps of a list and reports other items. */
  #maps<T>(
    list: ConfigNode | undefined,
    key: string,
    read: (item: ConfigNode, key: string) => readonly T[],
  ): readonly T[] {
    return configItems(this.#list(list, key)).flatMap((item, index) => {
      const itemKey = `${key}[${index}]`;
      if (item.type === 'map') return read(item, itemKey);
      this.#wrongType(itemKey, item, 'object-array');
      return [];
    });
  }

  /** Returns undefined if the rule has no list of kinds. */
  #allow(
    rule: ConfigNode,
    key: string,
    read: (node: ConfigNode) => KindMatcher | undefined,
  ): readonly KindMatcher[] | undefined {
    const written = configAt(rule, 'allow');
    if (!written) {
      this.#missing(`${key}.allow`, rule);
      return undefined;
    }
    const list = this.#list(written, `${key}.allow`);
    return list?.items.flatMap(item => {
      const matcher = read(item);
      if (matcher) this.#checkKind(matcher.kind, item, `${key}.allow`);
      return matcher ?? [];
    });
  }

  /** Reads a kind name, or an object with a kind and a `spec.type`. */
  #kindMatcher(node: ConfigNode): KindMatcher | undefined {
    const name = configText(node);
    if (name !== undefined) return { kind: name, specType: undefined };
    const kind = configText(configAt(node, 'kind'));
    const specType = node.type === 'map' ? node.entries.get('spec.type') : undefined;
    if (kind !== undefined && (!specType || configText(specType) !== undefined)) {
      return { kind, specType: configText(specType) };
    }
    this.#report(
      node,
      'catalog.rules',
      "A kind must be text, or an object with kind and optionally 'spec.type'",
    );
    return undefined;
  }

  #locationMatchers(
    rule: ConfigNode,
    key: string,
  ): { readonly isValid: boolean; readonly matchers: readonly LocationMatcher[] | undefined } {
    const written = configAt(rule, 'locations');
    if (!written) return { isValid: true, matchers: undefined };
    const list = this.#list(written, `${key}.locations`);
    if (!list) return { isValid: false, matchers: undefined };
    let isValid = true;
    const matchers = list.items.flatMap((item, index): LocationMatcher[] => {
      const itemKey = `${key}.locations[${index}]`;
      const type = this.#text(item, itemKey, 'type', { required: true });
      const exact = this.#text(item, itemKey, 'exact', { required: false });
      const pattern = this.#text(item, itemKey, 'pattern', { required: false });
      const isTwofold = exact !== undefined && pattern !== undefined;
      const isEndless = pattern !== undefined && isTooComplex(pattern);
      if (isTwofold) {
        const message = 'A catalog rule location cannot have both exact and pattern values';
        this.#report(item, itemKey, message);
      }
      if (isEndless) {
        const message = 'The pattern has too many characters or alternatives';
        this.#report(item, itemKey, message);
      }
      if (type === undefined || isTwofold || isEndless) {
        isValid = false;
        return [];
      }
      const canonical = type === 'url' && exact ? canonicalUrl(exact) : undefined;
      const matching = { ignoreCase: true, dots: true, negation: true };
      return [
        {
          type,
          exact: canonical ?? exact,
          pattern: pattern === undefined ? undefined : new Glob(pattern, matching),
        },
      ];
    });
    return { isValid, matchers };
  }

  #list(node: ConfigNode | undefined, key: string): ConfigList | undefined {
    if (!node) return undefined;
    if (node.type === 'list') return node;
    this.#wrongType(key, node, 'object-array');
    return undefined;
  }

  #text(
    parent: ConfigNode,
    parentKey: string,
    name: string,
    { required }: { readonly required: boolean },
  ): string | undefined {
    const key = `${parentKey}.${name}`;
    const node = configAt(parent, name);
    const text = configText(node);
    if (text) return text;
    if (node) this.#wrongType(key, node, 'string');
    else if (required) this.#missing(key, parent);
    return undefined;
  }

  #checkType(node: ConfigNode, type: string, key: string): void {
    if (LOCATION_TYPES.includes(type)) return;
    const isOfModule = MODULE_LOCATION_TYPES.includes(type);
    const known = [...LOCATION_TYPES, ...MODULE_LOCATION_TYPES];
    const suggestion = isOfModule ? undefined : nearNames(type, known)[0];
    this.issues.push({
      code: 'app-config-location-type',
      message: isOfModule
        ? `Locations of type ${type} need a module of the server and are not read here`
        : `Unknown location type ${type}${hint(suggestion)}`,
      place: node.place,
      key,
      ...(suggestion && { suggestions: [suggestion] }),
    });
  }

  #checkKind(kind: string, node: ConfigNode, key: string): void {
    if (this.#kinds.some(known => known.toLowerCase() === kind.toLowerCase())) return;
    const [suggestion] = nearNames(kind, this.#kinds);
    this.issues.push({
      code: 'app-config-kind',
      message: `Unknown kind ${kind}${hint(suggestion)}`,
      place: node.place,
      key,
      ...(suggestion && { suggestions: [suggestion] }),
    });
  }

  #wrongType(key: string, node: ConfigNode, wanted: string): void {
    const message = `Invalid type in config for key '${key}', got ${configTypeName(node)}, wanted ${wanted}`;
    this.#report(node, key, message);
  }

  #missing(key: string, parent: ConfigNode): void {
    this.#report(parent, key, `Missing required config value at '${key}'`);
  }

  #report({ place }: ConfigNode, key: string, message: string): void {
    this.issues.push({ code: 'app-config-invalid', message, place, key });
  }
}

function hint(suggestion: string | undefined): string {
  return suggestion ? `. Did you mean ${suggestion}?` : '';
}
