/** One objection of a JSON schema, with the place in the value that it is about. */
export interface SchemaIssue {
  /** As Backstage words it: `/spec/owner must be string - type: string`. */
  readonly message: string;
  /** Keys and indices from the root of the value. */
  readonly path: readonly (string | number)[];
  /**
   * The token that a range should mark: the key at the end of the path, or the value there. Where a
   * property is missing, the path leads to its parent and the parent's key is meant.
   */
  readonly at: 'key' | 'value';
  /** The keyword of the schema, such as `required`. */
  readonly keyword?: string;
  /** The property that is missing. */
  readonly missing?: string;
}
