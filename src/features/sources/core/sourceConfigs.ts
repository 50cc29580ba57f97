import { decodeEscapes, failure, isRecord, ok, type Result, withoutTrailing } from '../../../base';
import { ConfigReader, WHERE_TOKENS_GO } from './configReader';
import { readTypedSource } from './typedSources';
import type { SourceConfig } from './types';

export interface SourceConfigs {
  /** In the order of the setting, with unique ids. */
  readonly configs: readonly SourceConfig[];
  /** A sentence for each unusable value. */
  readonly problems: readonly string[];
}

/**
 * Parses the setting `callboard.catalog.sources`, which may hold anything.
 *
 * @param customKinds - names of kinds that are known besides the built-in ones
 * @param setting - name of the setting in problems
 */
export function readSources(
  value: unknown,
  customKinds: readonly string[] = [],
  setting = 'callboard.catalog.sources',
): SourceConfigs {
  if (value === undefined || value === null) return { configs: [], problems: [] };
  if (!Array.isArray(value)) {
    return { configs: [], problems: [`${setting} must be a list of sources`] };
  }
  const configs = new Map<string, SourceConfig>();
  const problems: string[] = [];
  for (const [index, entry] of (value as unknown[]).entries()) {
    const complain = (problem: string): void => {
      problems.push(`Source ${index + 1} of ${setting} ${problem}`);
    };
    if (!isRecord(entry)) {
      complain('must be an object with a "type"');
      continue;
    }
    const config = readTypedSource(new ConfigReader(entry, complain, customKinds));
    if (!config) continue;
    if (configs.has(config.id)) complain('is the same as an earlier one');
    else configs.set(config.id, config);
  }
  return { configs: [...configs.values()], problems };
}

const FORMS =
  'use git+https://host/owner/repo.git#branch:path for a repository, https://…/catalog-info.yaml for a descriptor, github+https://github.com/owner or gitlab+https://gitlab.com/group for all repositories there, and backstage+https://host for a Backstage';

/** Parameters of a Backstage address. */
const OF_BACKSTAGE = ['filter', 'hold', 'limit'];

/**
 * Parses a source as given on the command line: `git+https://host/owner/repo.git#branch:path,path`, `git+ssh://…`,
 * `git+file:///…`, `https://…/catalog-info.yaml`, `github+https://github.com/owner?filter=…&path=…`,
 * `gitlab+https://…`, `backstage+https://host[?filter=…&hold=referenced&limit=…]`.
 *
 * @returns a sentence about the problem, which never contains the address
 */
export function parseSourceAddress(text: string): Result<SourceConfig> {
  const entry = entryOf(text.trim());
  if (!entry.ok) return entry;
  const problems: string[] = [];
  const config = readTypedSource(new ConfigReader(entry.value, problem => problems.push(problem)));
  // Warnings about settings are errors here, because the user has just typed the address.
  return config && problems.length === 0
    ? ok(config)
    : failure(`The source ${problems.join('; it ')}`);
}

function entryOf(text: string): Result<Readonly<Record<string, unknown>>> {
  const [, type = '', address = ''] =
    /^(?:(git|github|gitlab|backstage)\+)?([^]*)$/.exec(text) ?? [];
  if (type === 'git' || /^(?:ssh|git|file):\/\/|^[^/:@]+@[^/:]+:(?!\/\/)/.test(address)) {
    return ok(gitEntry(address));
  }
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
    return failure(`A source must be an address: ${FORMS}`);
  }
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') {
    return failure(`The source must not contain credentials: ${WHERE_TOKENS_GO}`);
  }
  if (type === '' && url.pathname.endsWith('.git')) {
    return failure(`The address of a repository must start with git+: ${FORMS}`);
  }
  if (type === '') return ok({ type: 'url', url: address });
  const { searchParams } = url;
  if (type === 'backstage') {
    const others = [...searchParams.keys()].filter(name => !OF_BACKSTAGE.includes(name));
    if (others.length > 0) {
      return failure('A Backstage address supports only "?filter=…&hold=referenced&limit=…"');
    }
    const filter = searchParams.getAll('filter');
    const hold = searchParams.get('hold') ?? undefined;
    const limit = searchParams.get('limit');
    url.search = '';
    return ok({ type, url: url.href, filter, hold, ...(limit && { limit: Number(limit) }) });
  }
  const org = withoutTrailing(url.pathname.replace(/^\/+/, ''), '/');
  if (org === '') return failure(`The source has no owner of repositories: ${FORMS}`);
  return ok({
    type,
    host: url.host,
    org,
    ...Object.fromEntries(searchParams),
  });
}

/** Parses `#branch:path,path`, in which each part is optional. */
function gitEntry(text: string): Readonly<Record<string, unknown>> {
  const at = text.indexOf('#');
  const fragment = at < 0 ? '' : text.slice(at + 1);
  const [, branch = '', paths = ''] = /^([^:]*):?([^]*)$/.exec(fragment) ?? [];
  return {
    type: 'git',
    url: at < 0 ? text : text.slice(0, at),
    ...(branch === '' ? {} : { branch: decodeEscapes(branch) }),
    ...(paths === '' ? {} : { paths: paths.split(',').map(decodeEscapes) }),
  };
}
