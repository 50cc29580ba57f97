import { isRecord } from '../../../base';
import {
  currentCode,
  type CustomKind,
  type OwnerMapping,
  parseRelease,
  readCustomKinds,
  readOwnerMapping,
  type Severity,
  type SeveritySettings,
} from '../../../model';

/** Options of a catalog, from the settings `callboard.catalog.*` and `callboard.problems.*`. */
export interface CatalogOptions {
  /** Globs of included files, relative to a workspace folder. */
  readonly include: readonly string[];
  /** Globs of excluded files and folders. */
  readonly exclude: readonly string[];
  /** Enabled patterns of the editor's `files.exclude`. */
  readonly filesExclude: readonly string[];
  /** Maximum size of files, in bytes. */
  readonly maxFileSize: number;
  readonly customKinds: readonly CustomKind[];
  /** Paths or globs of files with layers of the catalog model, relative to a workspace folder. */
  readonly modelLayers: readonly string[];
  /** Release of Backstage, such as `1.40`, or `latest`. Undefined: the one in `backstage.json`. */
  readonly backstageVersion?: string | undefined;
  readonly severities: SeveritySettings;
  /** Whether entities without an owner get the owner of their file in CODEOWNERS. */
  readonly ownerFromCodeowners: boolean;
  /** Maps CODEOWNERS handles to entity refs. */
  readonly codeownersOwners: OwnerMapping;
  /** Ids of additional actions for templates; `*` matches any text. */
  readonly scaffolderActions: readonly string[];
}

export const defaultCatalogOptions: CatalogOptions = {
  include: ['**/*.{yaml,yml}'],
  exclude: [
    '**/node_modules',
    '**/.git',
    '**/.hg',
    '**/.svn',
    // Test data isn't part of a catalog.
    '**/__fixtures__',
    '**/__mocks__',
    '**/__snapshots__',
    '**/__testUtils__',
    '**/__tests__',
    '**/testdata',
  ],
  filesExclude: [],
  maxFileSize: 5 * 1024 * 1024,
  customKinds: [],
  modelLayers: [],
  severities: {},
  ownerFromCodeowners: false,
  codeownersOwners: {},
  scaffolderActions: [],
};

/**
 * Reads options from unvalidated settings.
 *
 * @param setting - returns the value of a setting, such as `callboard.catalog.include` or
 * `files.exclude`; undefined if unset
 * @returns valid options, with defaults for others, and a message for each invalid value
 */
export function readCatalogOptions(setting: (key: string) => unknown): {
  options: CatalogOptions;
  errors: readonly string[];
} {
  const errors: string[] = [];
  const complain = (key: string, expected: string): void => {
    errors.push(`${key} ${expected}`);
  };

  const texts = (key: string, fallback: readonly string[], what = 'globs'): readonly string[] => {
    const value = setting(key);
    if (value === undefined) return fallback;
    if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value;
    complain(key, `must be a list of ${what}`);
    return fallback;
  };

  const include = texts('callboard.catalog.include', defaultCatalogOptions.include);
  const exclude = texts('callboard.catalog.exclude', defaultCatalogOptions.exclude);

  const excluded = setting('files.exclude');
  const filesExclude = isRecord(excluded)
    ? Object.keys(excluded).filter(glob => excluded[glob] === true)
    : [];

  let maxFileSize = defaultCatalogOptions.maxFileSize;
  const size = setting('callboard.catalog.maxFileSize');
  if (typeof size === 'number' && size > 0) maxFileSize = size;
  else if (size !== undefined) {
    complain('callboard.catalog.maxFileSize', 'must be a number of bytes above 0');
  }

  const { kinds: customKinds, problems } = readCustomKinds(
    setting('callboard.catalog.customKinds') ?? undefined,
  );
  for (const problem of problems) complain('callboard.catalog.customKinds', problem);

  const modelLayers = texts(
    'callboard.catalog.modelLayers',
    defaultCatalogOptions.modelLayers,
    'paths or globs',
  );

  const version = setting('callboard.catalog.backstage.version') ?? '';
  const isVersion = typeof version === 'string' && isVersionName(version);
  if (!isVersion) {
    complain('callboard.catalog.backstage.version', 'must be a release such as 1.40');
  }

  const mode = setting('callboard.catalog.ownerFromCodeowners') ?? undefined;
  if (mode !== undefined && typeof mode !== 'boolean') {
    complain('callboard.catalog.ownerFromCodeowners', 'must be true or false');
  }

  const owners = readOwnerMapping(setting('callboard.codeowners.owners'));
  for (const problem of owners.problems) complain('callboard.codeowners.owners', problem);

  const scaffolderActions = texts(
    'callboard.scaffolder.actions',
    defaultCatalogOptions.scaffolderActions,
    'ids of actions',
  );

  const severities: Record<string, Severity | 'off'> = {};
  const severity = setting('callboard.problems.severity');
  if (isRecord(severity)) {
    for (const [code, value] of Object.entries(severity)) {
      if (isSeverity(value)) severities[currentCode(code)] = value;
      else
        complain(`callboard.problems.severity.${code}`, `must be one of ${SEVERITIES.join(', ')}`);
    }
  } else if (severity !== undefined && severity !== null) {
    complain('callboard.problems.severity', 'must be an object of severities by problem code');
  }

  return {
    options: {
      include,
      exclude,
      filesExclude,
      maxFileSize,
      customKinds,
      modelLayers,
      ...(isVersion && version !== '' && { backstageVersion: version }),
      severities,
      ownerFromCodeowners: mode === true,
      codeownersOwners: owners.mapping,
      scaffolderActions,
    },
    errors,
  };
}

function isVersionName(text: string): boolean {
  return text === '' || text === 'latest' || parseRelease(text) !== undefined;
}

const SEVERITIES = ['error', 'warning', 'info', 'hint', 'off'] as const;

function isSeverity(value: unknown): value is (typeof SEVERITIES)[number] {
  return SEVERITIES.some(severity => severity === value);
}
