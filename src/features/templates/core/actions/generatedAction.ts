/** A JSON schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What scripts/generateActions.mjs says of an action. */
export interface GeneratedAction {
  /** Of an object, without descriptions. */
  readonly input?: JsonSchema;
  readonly output?: JsonSchema;
  /** Whether it runs in a dry run of Backstage too. */
  readonly supportsDryRun?: boolean;
}

/** What it says of an action to people. */
export interface GeneratedTexts {
  /** Markdown. */
  readonly description?: string;
  /** Descriptions by the keys that lead to their schema, with `/` between: `properties/url`. */
  readonly input: Readonly<Record<string, string>>;
  readonly output: Readonly<Record<string, string>>;
  readonly examples: readonly ActionExample[];
}

export interface ActionExample {
  /** A line of text. */
  readonly description: string;
  /** YAML: a map with `steps`. */
  readonly example: string;
}
