import { type CatalogSourceInfo, type Translate, translateCount } from '../../../api';

/** A kind that the user can allow or refuse for a source. */
export interface SelectableKind {
  readonly kind: string;
  readonly isAllowed: boolean;
  /** The number of entities that are refused; empty if there are none. */
  readonly description: string;
  /** Why the kind isn't allowed by default. */
  readonly detail: string | undefined;
}

/** Kinds that the `allow` list of a source decides about: refused ones first, then those that it allows or excludes. */
export function selectableKinds(
  { allow, notAllowed, type }: CatalogSourceInfo,
  translate: Translate,
): readonly SelectableKind[] {
  const excluded = new Set(
    allow.filter(rule => rule.startsWith('!')).map(rule => rule.slice(1).toLowerCase()),
  );
  const listed = allow.filter(rule => rule !== '*' && !rule.startsWith('!'));
  const byDefault = type === 'backstage' ? [] : Object.keys(reasons(translate));
  const kinds = new Map<string, string>();
  for (const kind of [...notAllowed.map(refused => refused.kind), ...listed, ...byDefault]) {
    const key = kind.toLowerCase();
    if (!kinds.has(key)) kinds.set(key, kind);
  }
  const counts = new Map(notAllowed.map(({ kind, entities }) => [kind.toLowerCase(), entities]));
  const why = new Map(
    Object.entries(reasons(translate)).map(([kind, reason]) => [kind.toLowerCase(), reason]),
  );
  return [...kinds].map(([key, kind]) => {
    const count = counts.get(key);
    return {
      kind,
      isAllowed: count === undefined && !excluded.has(key),
      description: count === undefined ? '' : countWords(count),
      detail: type === 'backstage' ? undefined : why.get(key),
    };
  });
}

function countWords(count: number): string {
  return translateCount(count, {
    one: '{0} entity not allowed',
    other: '{0} entities not allowed',
  });
}

/** Reasons why some kinds need the user's permission. */
function reasons(translate: Translate): Readonly<Record<string, string>> {
  return {
    Template: translate('Templates run actions with your permissions.'),
    Group: translate('Groups decide who owns entities.'),
    User: translate('Users decide who belongs to a team.'),
  };
}
