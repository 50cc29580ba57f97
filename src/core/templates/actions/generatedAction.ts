/** A JSON schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What scripts/generateActions.mjs says of an action. */
export interface GeneratedAction {
  /** Markdown. */
  readonly description?: string;
  /** Of an object. */
  readonly input?: JsonSchema;
  readonly output?: JsonSchema;
}

export interface ActionExample {
  /** A line of text. */
  readonly description: string;
  /** YAML: a map with `steps`. */
  readonly example: string;
}
