/** A JSON schema or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Action as written by scripts/generateActions.mjs. */
export interface GeneratedAction {
  /** Schema of an object, without descriptions. */
  readonly input?: JsonSchema;
  readonly output?: JsonSchema;
  /** Whether it runs in Backstage's dry runs. */
  readonly supportsDryRun?: boolean;
}

/** Texts of an action as written by scripts/generateActions.mjs. */
export interface GeneratedTexts {
  /** Markdown. */
  readonly description?: string;
  /** Descriptions by the path of their schema: `properties/url`. */
  readonly input: Readonly<Record<string, string>>;
  readonly output: Readonly<Record<string, string>>;
  readonly examples: readonly ActionExample[];
}

export interface ActionExample {
  /** One line of text. */
  readonly description: string;
  /** YAML: a map with `steps`. */
  readonly example: string;
}
