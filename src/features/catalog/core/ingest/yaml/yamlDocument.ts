import type { Range } from '../../../../../base';

/** Path of a field: keys and indices from the root. */
export type FieldPath = readonly (string | number)[];

/** An error that prevents reading a document. `yaml-syntax` covers all of the parser's codes. */
export interface YamlFault {
  readonly code: 'yaml-syntax' | 'yaml-aliases' | 'yaml-nesting';
  /** The parser's message and position, without its excerpt. */
  readonly message: string;
  readonly range: Range;
}

/** One document of a YAML file, with the places of its fields. */
export interface YamlDocument {
  /** 0-based index into `parseAllDocuments`, including empty documents. */
  readonly index: number;
  /** Text since the end of the previous document, comments included. */
  readonly source: string;
  /** Parsed value; of an invalid document, as far as it is readable. */
  readonly value: unknown;
  /** Whether the document has no content, only comments, or null; Backstage skips it. */
  readonly isEmpty: boolean;
  readonly faults: readonly YamlFault[];
  /** Range of the content, from its first token to its last. */
  readonly range: Range;
  /**
   * Returns the range of a field's key or value. For a missing field, the nearest enclosing key, so
   * that every path has a range.
   */
  locate(path: FieldPath, at: 'key' | 'value'): Range;
  /** Returns the source text of the value at a path; undefined if there is none. */
  sourceOf(path: FieldPath): string | undefined;
}
