/** A value that completion offers: VS Code's JSON keyword, which yaml-language-server supports. */
export interface DefaultSnippet {
  readonly label: string;
  readonly body: unknown;
  readonly markdownDescription?: string;
}

/** The keywords of yaml-language-server's JSON schemas that Callboard uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly deprecated?: boolean;
  readonly deprecationMessage?: string;
  /** Hides the field in completion, but not in hovers. */
  readonly doNotSuggest?: boolean;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly defaultSnippets?: readonly DefaultSnippet[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** Returns the schema of a text field with its documentation, in Markdown. */
export function text(markdownDescription: string): JsonSchema {
  return { type: 'string', markdownDescription };
}

export function flag(markdownDescription: string): JsonSchema {
  return { type: 'boolean', markdownDescription };
}

export function choice(values: readonly unknown[], markdownDescription: string): JsonSchema {
  return { enum: values, markdownDescription };
}

export function list(markdownDescription: string, items: JsonSchema): JsonSchema {
  return { type: 'array', markdownDescription, items };
}

export function map(
  markdownDescription: string,
  properties?: JsonSchema['properties'],
): JsonSchema {
  return { type: 'object', markdownDescription, ...(properties && { properties }) };
}
