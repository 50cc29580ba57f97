import {
  type CatalogSourceInfo,
  type CatalogSourceType,
  formatAge,
  formatNumber,
  formatTimeLeft,
  type Translate,
  translateCount,
} from '../../../api';

/** An action for a failed source. */
export type SourceRemedy = 'signIn' | 'setToken' | 'retry' | 'openSettings' | 'allowKinds';

/** A row of the Sources view. */
export type SourceNode =
  | { readonly type: 'source'; readonly id: string; readonly sourceId: string }
  /** A failure, its advice, or kinds that aren't allowed. */
  | {
      readonly type: 'failure' | 'advice' | 'notAllowed';
      readonly id: string;
      readonly sourceId: string;
    }
  | {
      readonly type: 'remedy';
      readonly id: string;
      readonly sourceId: string;
      readonly remedy: SourceRemedy;
    };

/** Appearance of a row. */
export interface SourceRow {
  readonly label: string;
  readonly description: string | undefined;
  /** Id of a codicon. */
  readonly icon: string;
  /** Id of a VS Code color. */
  readonly iconColor: string | undefined;
  /** Plain text. */
  readonly tooltip: string;
  readonly isFolder: boolean;
  readonly contextValue: string;
  readonly accessibilityLabel: string;
}

export interface SourceRowsDeps {
  readonly translate: Translate;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const icons: Readonly<Record<CatalogSourceType, string>> = {
  git: 'repo',
  url: 'link',
  github: 'github',
  gitlab: 'organization',
  backstage: 'server',
};

/** Returns the rows of all sources, in the order of conflicts. */
export function sourceNodes(sources: readonly CatalogSourceInfo[]): readonly SourceNode[] {
  return sources.map(({ id }) => ({ type: 'source', id: `source:${id}`, sourceId: id }));
}

/** Rows below a source: what went wrong, which entities aren't allowed, and the actions for both. */
export function nodesBelow(source: CatalogSourceInfo): readonly SourceNode[] {
  return [...failureNodes(source), ...notAllowedNodes(source)];
}

function notAllowedNodes({ id, notAllowed }: CatalogSourceInfo): readonly SourceNode[] {
  if (notAllowed.length === 0) return [];
  return [
    { type: 'notAllowed', id: `notAllowed:${id}`, sourceId: id },
    { type: 'remedy', id: `allowKinds:${id}`, sourceId: id, remedy: 'allowKinds' },
  ];
}

function failureNodes({ id, failure }: CatalogSourceInfo): readonly SourceNode[] {
  if (!failure) return [];
  const remedies: readonly SourceRemedy[] = [
    ...(failure.canSignIn ? (['signIn'] as const) : []),
    ...(failure.needsToken ? (['setToken'] as const) : []),
    ...(['retry', 'openSettings'] as const),
  ];
  return [
    { type: 'failure', id: `failure:${id}`, sourceId: id },
    ...(failure.advice === undefined
      ? []
      : [{ type: 'advice', id: `advice:${id}`, sourceId: id } as const]),
    ...remedies.map(
      remedy => ({ type: 'remedy', id: `${remedy}:${id}`, sourceId: id, remedy }) as const,
    ),
  ];
}

/** Returns the appearance of a row; undefined if its source is gone. */
export function presentSourceNode(
  node: SourceNode,
  source: CatalogSourceInfo | undefined,
  deps: SourceRowsDeps,
): SourceRow | undefined {
  if (!source) return undefined;
  if (node.type === 'source') return presentSource(source, deps);
  if (node.type === 'notAllowed') return presentNotAllowed(source, deps);
  if (node.type === 'remedy' && node.remedy === 'allowKinds') {
    return source.notAllowed.length > 0 ? presentRemedy(node.remedy, source, deps) : undefined;
  }
  const { failure } = source;
  if (!failure) return undefined;
  switch (node.type) {
    case 'failure':
      return sentence(failure.message, {
        icon: 'error',
        iconColor: 'problemsErrorIcon.foreground',
      });
    case 'advice':
      return sentence(failure.advice ?? '', { icon: 'lightbulb', iconColor: undefined });
    case 'remedy':
      return presentRemedy(node.remedy, source, deps);
  }
}

function presentSource(source: CatalogSourceInfo, deps: SourceRowsDeps): SourceRow {
  const { translate, now } = deps;
  const { name, type, isFetching, fetchedAt, failure, account } = source;
  const isStale = failure !== undefined && fetchedAt !== undefined;
  const notes = [
    isFetching ? (source.progress ?? translate('fetching…')) : undefined,
    isStale ? translate('out of date') : undefined,
    fetchedAt === undefined ? undefined : heldOf(source, translate),
    fetchedAt === undefined ? undefined : formatAge(fetchedAt, now, translate),
    fetchedAt === undefined && !isFetching
      ? failure
        ? translate('fetch failed')
        : translate('not fetched yet')
      : undefined,
  ].filter(note => note !== undefined);
  return {
    label: name,
    description: notes.join(' · '),
    ...iconOf(source),
    tooltip: tooltipOf(source, deps),
    isFolder: failure !== undefined || source.notAllowed.length > 0,
    contextValue: [
      'source',
      type,
      isFetching && 'fetching',
      failure && 'failed',
      failure?.needsToken && 'needsToken',
      source.notAllowed.length > 0 && 'notAllowed',
      failure?.canSignIn && 'canSignIn',
      account !== undefined && 'signedIn',
    ]
      .filter(Boolean)
      .join(' '),
    accessibilityLabel: [name, typeLabel(type, translate), ...notes, failure?.message]
      .filter(Boolean)
      .join(', '),
  };
}

function iconOf({
  type,
  color,
  isFetching,
  failure,
  fetchedAt,
}: CatalogSourceInfo): Pick<SourceRow, 'icon' | 'iconColor'> {
  if (isFetching) return { icon: 'loading~spin', iconColor: undefined };
  if (!failure) return { icon: icons[type], iconColor: color };
  return fetchedAt === undefined
    ? { icon: 'error', iconColor: 'problemsErrorIcon.foreground' }
    : { icon: 'warning', iconColor: 'problemsWarningIcon.foreground' };
}

/** Number of entities that the source brings, of how many there are, and how many aren't allowed. */
function countOf(source: CatalogSourceInfo, translate: Translate): string {
  const { entities, part } = source;
  const count = formatNumber(entities);
  const notAllowed = notAllowedEntities(source);
  if (notAllowed > 0) {
    return translate(
      '{0} of {1} entities; {2} not allowed',
      formatNumber(entities - notAllowed),
      formatNumber(part?.total ?? entities),
      formatNumber(notAllowed),
    );
  }
  if (part?.total !== undefined) {
    return translate('{0} of {1} entities', count, formatNumber(part.total));
  }
  return translateCount(entities, { one: '{0} entity', other: '{0} entities' });
}

/** Number of entities in the copy that the source isn't allowed to bring. */
function notAllowedEntities({ notAllowed }: CatalogSourceInfo): number {
  return notAllowed.reduce((sum, { entities }) => sum + entities, 0);
}

/** Names the kinds that a source isn't allowed to bring, in one sentence; undefined if there are none. */
function notAllowedWords(source: CatalogSourceInfo, translate: Translate): string | undefined {
  const { notAllowed } = source;
  if (notAllowed.length === 0) return undefined;
  const kinds = notAllowed
    .map(({ kind, entities }) => `${kind} (${formatNumber(entities)})`)
    .join(', ');
  return translate('Kinds not allowed: {0}', kinds);
}

function presentNotAllowed(
  source: CatalogSourceInfo,
  { translate }: SourceRowsDeps,
): SourceRow | undefined {
  const words = notAllowedWords(source, translate);
  if (words === undefined) return undefined;
  return {
    ...sentence(words, { icon: 'circle-slash', iconColor: undefined }),
    tooltip: `${words}\n${translate('The "allow" list of the source doesn\'t have these kinds.')}`,
  };
}

/** Avoids "0 entities", which would look like a failure. */
function heldOf(source: CatalogSourceInfo, translate: Translate): string {
  const { entities, part } = source;
  return part && part.total === undefined && entities === 0
    ? translate('no referenced entities')
    : countOf(source, translate);
}

/** Explains which entities of a partially kept source exist here. */
function partWords({ part }: CatalogSourceInfo, translate: Translate): string | undefined {
  if (!part) return undefined;
  const held = translate(
    'Callboard keeps referenced entities, entities related to the workspace, and opened entities.',
  );
  return part.isTooLarge
    ? `${translate('The source has more entities than its "limit" allows.')} ${held}`
    : held;
}

function tooltipOf(source: CatalogSourceInfo, { translate, now }: SourceRowsDeps): string {
  const { name, type, url, fetchedAt, failure, isFetching, account } = source;
  return [
    `${name} (${typeLabel(type, translate)})`,
    url,
    account === undefined ? undefined : translate('You are signed in as {0}.', account),
    fetchedAt === undefined
      ? translate('Not fetched yet.')
      : translate(
          'The cached copy is from {0} and has {1}.',
          new Date(fetchedAt).toLocaleString(),
          countOf(source, translate),
        ),
    partWords(source, translate),
    notAllowedWords(source, translate),
    settingsNaming(source, translate),
    ...(failure
      ? [
          '',
          failure.message,
          failure.advice,
          failure.retryAt === undefined || isFetching
            ? undefined
            : translate('Next attempt: {0}.', formatTimeLeft(failure.retryAt, now, translate)),
        ]
      : []),
  ]
    .filter(line => line !== undefined)
    .join('\n');
}

/** Name of a source type in running text. */
export function typeLabel(type: CatalogSourceType, translate: Translate): string {
  const labels: Readonly<Record<CatalogSourceType, string>> = {
    git: translate('git repository'),
    url: translate('descriptor URL'),
    github: translate('GitHub organization'),
    gitlab: translate('GitLab group'),
    backstage: translate('Backstage'),
  };
  return labels[type];
}

/** A row for a sentence, with the full text in the tooltip. */
function sentence(text: string, icon: Pick<SourceRow, 'icon' | 'iconColor'>): SourceRow {
  return {
    label: text,
    description: undefined,
    ...icon,
    tooltip: text,
    isFolder: false,
    contextValue: 'sentence',
    accessibilityLabel: text,
  };
}

function presentRemedy(
  remedy: SourceRemedy,
  { failure }: CatalogSourceInfo,
  { translate, now }: SourceRowsDeps,
): SourceRow {
  const labels: Readonly<Record<SourceRemedy, { label: string; icon: string; tooltip: string }>> = {
    signIn: {
      label: translate('Sign In…'),
      icon: 'sign-in',
      tooltip: translate('Sign in with the browser'),
    },
    setToken: {
      label: translate('Set Token…'),
      icon: 'key',
      tooltip: translate('Set a token, which is stored in the secret storage'),
    },
    retry: {
      label: translate('Try Again'),
      icon: 'refresh',
      tooltip: translate('Fetch the source now'),
    },
    openSettings: {
      label: translate('Open Settings'),
      icon: 'settings-gear',
      tooltip: translate('Open the source in the settings'),
    },
    allowKinds: {
      label: translate('Allow Kinds…'),
      icon: 'shield',
      tooltip: translate('Select kinds to allow'),
    },
  };
  const retryAt = remedy === 'retry' ? failure?.retryAt : undefined;
  const { label, icon, tooltip } = labels[remedy];
  const description =
    retryAt === undefined
      ? undefined
      : translate('next attempt: {0}', formatTimeLeft(retryAt, now, translate));
  return {
    label,
    icon,
    tooltip,
    description,
    iconColor: undefined,
    isFolder: false,
    contextValue: `remedy ${remedy}`,
    accessibilityLabel: [label, description].filter(Boolean).join(', '),
  };
}

/** Returns a sentence on the settings that name a source. */
export function settingsNaming(
  { scopes }: CatalogSourceInfo,
  translate: Translate,
): string | undefined {
  if (!scopes?.length) return undefined;
  if (scopes.length > 1)
    return translate('It is in your user settings and in the workspace settings.');
  return scopes[0] === 'user'
    ? translate('It is in your user settings, for all workspaces.')
    : translate('It is in the workspace settings.');
}

/** Returns a sentence on the settings that a source is removed from. */
export function settingsLeft({ scopes }: CatalogSourceInfo, translate: Translate): string {
  if (!scopes?.length) return translate('This removes it from the settings.');
  if (scopes.length > 1) {
    return translate(
      'This removes it from your user settings, for all workspaces, and from the workspace settings, for everyone who uses them.',
    );
  }
  return scopes[0] === 'user'
    ? translate('This removes it from your user settings, for all workspaces.')
    : translate('This removes it from the workspace settings, for everyone who uses them.');
}
