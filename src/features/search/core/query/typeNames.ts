import type { SearchCollator } from '../../../../api';

/** What is said of a type of documents where a query names it. */
export type NamedType = Pick<SearchCollator, 'id' | 'title'>;

/** What else people write behind `in:` for the types that Callboard brings itself. */
const aliases: ReadonlyMap<string, string> = new Map(
  (
    [
      ['catalog', ['entity', 'entities']],
      ['people', ['person', 'user', 'users', 'group', 'groups', 'team', 'teams']],
      ['templates', ['template']],
      ['docs', ['doc', 'techdocs', 'documentation', 'page', 'pages']],
      ['apis', ['api', 'operation', 'operations']],
    ] as const
  ).flatMap(([id, names]) => names.map(name => [name, id] as const)),
);

/**
 * The ids of the types that a value of `in:` means: one that is named, else those whose names begin with it, as
 * while it is typed. What means none is given back as it is: there are no documents of it.
 */
export function typesNamed(written: string, types: readonly NamedType[]): readonly string[] {
  const value = written.toLowerCase();
  const named =
    types.find(({ id, title }) => id === value || title.toLowerCase() === value)?.id ??
    aliases.get(value);
  if (named !== undefined) return [named];
  const begun = types.filter(type => isTypeBegun(type, value)).map(({ id }) => id);
  return begun.length > 0 ? begun : [value];
}

/** Whether one of the names of a type begins with a text in lower case. */
export function isTypeBegun({ id, title }: NamedType, begin: string): boolean {
  return (
    id.startsWith(begin) ||
    title.toLowerCase().startsWith(begin) ||
    [...aliases].some(([alias, of]) => of === id && alias.startsWith(begin))
  );
}
