import { decodeEscapes, errorMessage, hashText } from '../../../base';
import { nearNames } from '../../../platform/core';
import { compilePattern } from '../../../platform/core/linearRegExp';
import { gitBranchFault, gitPathFault, readGitAddress } from '../../scm/core/gitAddresses';
import { type ConfigReader, WHERE_TOKENS_GO } from './configReader';
import type {
  BackstageSourceConfig,
  DiscoverySourceConfig,
  GitSourceConfig,
  SourceConfig,
  UrlSourceConfig,
} from './types';

/** Names of built-in kinds, without loading their validation. */
export const BUILTIN_KINDS: readonly string[] = [
  'AiResource',
  'API',
  'Component',
  'Domain',
  'Group',
  'Location',
  'Resource',
  'System',
  'Template',
  'User',
];

/**
 * Describes unknown kinds, which have no effect in an `allow` list.
 *
 * @param names - kinds as written; `*` for all
 * @param customKinds - names of additional kinds
 * @returns parts of sentences: `the kind Grup, which is not known here. Did you mean Group?`
 */
export function unknownKinds(
  names: readonly string[],
  customKinds: readonly string[] = [],
): readonly string[] {
  return names.flatMap(name => {
    const near = nearestKind(name, customKinds);
    if (near === 'known') return [];
    return `the unknown kind ${name}${near === undefined ? '' : `. Did you mean ${near}?`}`;
  });
}

/**
 * Describes only those unknown kinds that are similar to known ones, because a Backstage may have kinds of its own.
 */
export function misspelledKinds(
  names: readonly string[],
  customKinds: readonly string[] = [],
): readonly string[] {
  return unknownKinds(
    names.filter(name => nearestKind(name, customKinds) !== undefined),
    customKinds,
  );
}

function nearestKind(name: string, customKinds: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const kinds = [...BUILTIN_KINDS, ...customKinds];
  if (name === '*' || kinds.some(kind => kind.toLowerCase() === lower)) return 'known';
  return nearNames(name, kinds)[0];
}

const MINUTE = 60_000;
/** One week. */
const MOST_MINUTES = 7 * 24 * 60;
/** Maximum number of instructions of a regular expression. */
const MOST_FILTER = 5000;
/** Default maximum number of entities of a Backstage: about 200 MB of memory. */
const DEFAULT_LIMIT = 50_000;
/** More than any instance has. */
const MOST_ENTITIES = 1_000_000;
const COMMON_KEYS = ['type', 'name', 'allow', 'refreshMinutes', 'color'] as const;
/** Colors of VS Code's charts. */
const COLORS = ['red', 'blue', 'yellow', 'orange', 'green', 'purple', 'foreground', 'lines'];

/** Kinds that need permission, because they decide about people, teams and what runs on the user's machine. */
const CATALOG_DEFAULT = ['User', 'Group', 'Template'] as const;
/** Default descriptor path of a discovery source. */
const DESCRIPTOR = 'catalog-info.yaml';

type Reader = (reader: ConfigReader) => SourceConfig | undefined;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['git', readGit],
  ['url', readUrl],
  ['github', reader => readDiscovery(reader, 'github')],
  ['gitlab', reader => readDiscovery(reader, 'gitlab')],
  ['backstage', readBackstage],
]);

/** @returns undefined if the source is unusable; the reason has been reported */
export function readTypedSource(reader: ConfigReader): SourceConfig | undefined {
  const type = reader.requiredText('type');
  if (type === undefined) return undefined;
  const read = readers.get(type);
  if (!read) {
    const known = [...readers.keys()].join(', ');
    return reader.refuse(`must have one of these types: ${known}`);
  }
  const config = read(reader);
  return reader.isUsable ? config : undefined;
}

function readGit(reader: ConfigReader): GitSourceConfig | undefined {
  reader.expectOnly([...COMMON_KEYS, 'url', 'branch', 'paths']);
  const url = reader.requiredText('url');
  const address = url === undefined ? undefined : readGitAddress(url);
  if (address && !address.ok) {
    const isSecret = /credentials/.test(address.error);
    reader.refuse(
      `is invalid: ${lowerFirst(address.error)}${isSecret ? `: ${WHERE_TOKENS_GO}` : ''}`,
    );
  }
  const branch = reader.text('branch');
  const branchFault = branch === undefined ? undefined : gitBranchFault(branch);
  if (branchFault !== undefined) reader.refuse(`is invalid: ${lowerFirst(branchFault)}`);
  const paths = (reader.texts('paths') ?? []).map(path => path.replace(/^(?:\.?\/)+|\/+$/g, ''));
  for (const fault of new Set(paths.map(gitPathFault))) {
    if (fault !== undefined) reader.refuse(`is invalid: ${lowerFirst(fault)}`);
  }
  if (!address?.ok) return undefined;
  const { value } = address;
  const repository = repositoryName(value.url);
  return {
    type: 'git',
    ...common(reader, {
      id: ['git', value.url, branch ?? '', ...paths],
      slug: repository,
      name: branch === undefined ? repository : `${repository}#${branch}`,
      minutes: 15,
      ...withoutThose(CATALOG_DEFAULT),
    }),
    url: value.url,
    branch,
    paths: paths.filter(path => path !== ''),
  };
}

function readUrl(reader: ConfigReader): UrlSourceConfig | undefined {
  reader.expectOnly([...COMMON_KEYS, 'url']);
  const url = reader.webAddress('url');
  if (!url) return undefined;
  const path = decodeEscapes(url.pathname).replace(/^\//, '');
  const name = `${url.host}/${path}`;
  return {
    type: 'url',
    ...common(reader, {
      id: ['url', url.href],
      slug: path === '' ? url.host : path,
      name,
      minutes: 15,
      ...withoutThose(CATALOG_DEFAULT),
    }),
    url: url.href,
  };
}

function readDiscovery(
  reader: ConfigReader,
  type: DiscoverySourceConfig['type'],
): DiscoverySourceConfig | undefined {
  reader.expectOnly([...COMMON_KEYS, 'org', 'host', 'filter', 'path']);
  const host = reader.host('host') ?? `${type}.com`;
  const org = reader.requiredText('org')?.replace(/^\/+|\/+$/g, '');
  const wanted = type === 'github' ? /^[\w.-]+$/ : /^[\w.-]+(?:\/[\w.-]+)*$/;
  if (org !== undefined && (!wanted.test(org) || org.split('/').some(isDots))) {
    reader.refuse(
      `must have the name of ${type === 'github' ? 'an owner' : 'a group'} as its "org"`,
    );
  }
  const filter = reader.text('filter');
  if (filter !== undefined) {
    try {
      if (!compilePattern(filter, { maxSize: MOST_FILTER }))
        reader.refuse('has a "filter" that is too long');
    } catch (error) {
      reader.refuse(`has a "filter" that is not a regular expression: ${errorMessage(error)}`);
    }
  }
  const path = (reader.text('path') ?? DESCRIPTOR).replace(/^(?:\.?\/)+/, '');
  const pathFault = gitPathFault(path);
  if (pathFault !== undefined) reader.refuse(`is invalid: ${lowerFirst(pathFault)}`);
  if (org === undefined) return undefined;
  return {
    type,
    ...common(reader, {
      id: [type, host, org, filter ?? '', path],
      slug: org,
      name: host === `${type}.com` ? org : `${host}/${org}`,
      minutes: 60,
      ...withoutThose(CATALOG_DEFAULT),
    }),
    host,
    org,
    filter,
    path,
  };
}

function readBackstage(reader: ConfigReader): BackstageSourceConfig | undefined {
  reader.expectOnly([...COMMON_KEYS, 'url', 'filter', 'hold', 'limit', 'clientId', 'callbackPort']);
  const url = reader.webAddress('url');
  const filter = reader.texts('filter') ?? [];
  const clientId = reader.text('clientId');
  if (clientId !== undefined && !/^[\w.~:/@+-]{1,500}$/.test(clientId)) {
    reader.refuse('must have a client id, or the URL of client metadata, as its "clientId"');
  }
  const callbackPort = reader.number('callbackPort');
  if (callbackPort !== undefined && !isPort(callbackPort)) {
    reader.refuse('must have a port from 1024 to 65535 as its "callbackPort"');
  }
  if (!url) return undefined;
  if (url.search !== '') {
    return reader.refuse('must have no "?" in its "url"; use "filter" for filters');
  }
  // Users copy the address of the API as well as that of the backend.
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api(?:\/catalog(?:\/.*)?)?$/, '');
  const base = `${url.origin}${path}`;
  return {
    type: 'backstage',
    ...common(reader, {
      id: ['backstage', base, ...filter],
      slug: url.hostname,
      name: `${url.host}${path}`,
      minutes: 10,
      // The instance applies its own rules.
      rules: ['*'],
      added: [],
    }),
    url: base,
    filter,
    hold: readHold(reader),
    limit: readLimit(reader),
    clientId,
    callbackPort,
  };
}

/** Whether a port is available without special permissions. */
function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1024 && port <= 65535;
}

function readHold(reader: ConfigReader): BackstageSourceConfig['hold'] {
  const hold = reader.text('hold') ?? 'all';
  if (hold === 'all' || hold === 'referenced') return hold;
  reader.skip('must have "all" or "referenced" as its "hold"');
  return 'all';
}

function readLimit(reader: ConfigReader): number {
  const limit = reader.number('limit') ?? DEFAULT_LIMIT;
  return Math.min(Math.max(1, Math.floor(limit)), MOST_ENTITIES);
}

interface CommonDefaults {
  /** Parts that identify the source. */
  readonly id: readonly string[];
  /** Start of its key. */
  readonly slug: string;
  readonly name: string;
  readonly minutes: number;
  /** Default rules for kinds. */
  readonly rules: readonly string[];
  /** Kinds that the default rules exclude until the user adds them. */
  readonly added: readonly string[];
}

function common(
  reader: ConfigReader,
  { id: parts, slug, name, minutes, rules, added }: CommonDefaults,
): Pick<SourceConfig, 'id' | 'key' | 'name' | 'allow' | 'interval' | 'color'> {
  const id = parts.map(part => part.replace(/[% ]/g, encodeURIComponent)).join(' ');
  const written = reader.number('refreshMinutes');
  const isNever = written === 0;
  const wanted = Math.min(Math.max(1, written ?? minutes), MOST_MINUTES);
  return {
    id,
    key: `${slugOf(slug)}-${hashText(JSON.stringify(parts))}`,
    name: reader.text('name') ?? name,
    allow: readAllow(reader, rules, added),
    interval: isNever ? Number.POSITIVE_INFINITY : wanted * MINUTE,
    color: readColor(reader),
  };
}

function readAllow(
  reader: ConfigReader,
  rules: readonly string[],
  added: readonly string[],
): readonly string[] {
  const allow = reader.texts('allow');
  if (!allow) return rules;
  const wrong = allow.find(kind => kind !== '*' && !/^[a-z][a-z0-9]*$/i.test(kind));
  if (wrong !== undefined) reader.refuse('must have kinds as its "allow", or "*" for all of them');
  else {
    // A Backstage may have custom kinds that are not known here.
    const judge = added.length === 0 ? misspelledKinds : unknownKinds;
    for (const problem of judge(allow, reader.customKinds)) reader.skip(`allows ${problem}`);
  }
  if (allow.includes('*')) return ['*'];
  if (added.length === 0) return allow;
  const names = new Set(allow.map(kind => kind.toLowerCase()));
  return rules.filter(rule => !names.has(rule.slice(1).toLowerCase()));
}

function withoutThose(kinds: readonly string[]): Pick<CommonDefaults, 'rules' | 'added'> {
  return { rules: ['*', ...kinds.map(kind => `!${kind}`)], added: kinds };
}

function readColor(reader: ConfigReader): string | undefined {
  const color = reader.text('color')?.replace(/^charts\./, '');
  if (color === undefined || COLORS.includes(color)) return color && `charts.${color}`;
  reader.skip(`must have one of ${COLORS.join(', ')} as its "color"`);
  return undefined;
}

/** Returns the last two segments of an address: mostly owner and repository. */
function repositoryName(url: string): string {
  const path = url.replace(/^[a-z+]+:\/\/[^/]*/i, '').replace(/^[^/:]*:/, '');
  const names = decodeEscapes(path)
    .replace(/\/+$|\.git\/*$/g, '')
    .split('/')
    .filter(name => name !== '');
  return names.slice(-2).join('/');
}

/** Returns the end of a name as letters, digits and dashes. */
function slugOf(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(-32).replace(/^-+/, '') || 'source';
}

function isDots(name: string): boolean {
  return /^\.+$/.test(name);
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
