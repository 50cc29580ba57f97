import type { Range } from '../../../../../base';

/** A field's place in a value: keys and indices from the root. */
export type FieldPath = readonly (string | number)[];

/** Why a document has no value. `yaml` carries the parser's own code, such as `BAD_SCALAR_START`. */
export interface YamlFault {
  readonly code: 'yaml-syntax' | 'yaml-aliases' | 'yaml-nesting';
  /** The parser's words and place, without the picture of the line that it adds. */
  readonly message: string;
  readonly range: Range;
}

/** One document of a YAML file, with the places of everything in it. */
export interface YamlDocument {
  /** 0-based index into what `parseAllDocuments` gives, empty documents counted. */
  readonly index: number;
  /** The document's text, from the end of the one before, comments included. */
  readonly source: string;
  /** What stands in it; also of a broken document as far as it could be read. */
  readonly value: unknown;
  /** Empty, or nothing but comments, or an explicit null: Backstage passes over it. */
  readonly isEmpty: boolean;
  readonly faults: readonly YamlFault[];
  /** Of the content, from its first token to its last. */
  readonly range: Range;
  /**
   * The range of a field's key or value. What is not there is marked at the nearest enclosing key
   * that is, so every path gives a range.
   */
  locate(path: FieldPath, at: 'key' | 'value'): Range;
  /** The text of the value at a path, as written; undefined where nothing is written. */
  sourceOf(path: FieldPath): string | undefined;
}
