/** Names that the catalog's model gives to kinds and relations, unless they are Backstage's own. */
export interface ModelNames {
  /** Plural of a kind, by its name in lowercase. */
  readonly plurals: Readonly<Record<string, string>>;
  /** Title of a relation, by its type. */
  readonly relations: Readonly<Record<string, string>>;
}

/** The names of Backstage's own model. */
export const noModelNames: ModelNames = { plurals: {}, relations: {} };
