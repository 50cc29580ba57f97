/** Deeper nesting than any document that people write has. */
export const MAX_NESTING = 200;

/** The longest text that is read, in UTF-16 code units. Most readers limit their files to less. */
export const MAX_YAML_LENGTH = 16 * 1024 * 1024;
