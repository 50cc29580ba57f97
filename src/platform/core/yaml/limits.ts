/** The maximum nesting of a document, more than hand-written ones have. */
export const MAX_NESTING = 200;

/** The maximum length of a text in UTF-16 code units. Most callers limit their files to less. */
export const MAX_YAML_LENGTH = 16 * 1024 * 1024;
