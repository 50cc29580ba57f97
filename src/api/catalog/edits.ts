import type { Disposable, Range } from '../../base';

/** Replacement of a range of text; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/**
 * Changes to one file: edits of an existing file, content of a new file, or the new URI of a file.
 * A move is applied after the file's edits.
 */
export type FileEdit =
  | { readonly file: string; readonly edits: readonly TextEdit[] }
  | { readonly file: string; readonly content: string }
  | { readonly file: string; readonly moveTo: string };

/** Options for applying edits. */
export interface ApplyEditsOptions {
  /** Name of the change in the editor's undo history: `Set owner of orders`. */
  readonly label: string;
  /** Whether the changes are shown in the editor's refactoring preview, to be confirmed one by one. */
  readonly preview?: boolean;
}

/** A new value for one field of an entity, such as `spec.owner`. */
export interface FieldChange {
  /** Full ref of an entity that is written in the workspace. */
  readonly entityRef: string;
  /** Path of the field in the entity, with dots. */
  readonly field: string;
  /** The value after parsing; quotes are added where YAML needs them. */
  readonly value: string;
}

/** A change that can't be made safely. */
export interface RefusedChange {
  readonly entityRef: string;
  /** A sentence for the user, in the language of the editor. */
  readonly reason: string;
}

/** Outcome of `EditsService.setFields`, by entity. */
export interface SetFieldsResult {
  /** Refs of entities whose descriptors changed. */
  readonly changed: readonly string[];
  /** Refs of entities that already had the value. */
  readonly unchanged: readonly string[];
  /** Changes that were not made. */
  readonly refused: readonly RefusedChange[];
  /**
   * Reverts the changes.
   *
   * @throws Error if a file was edited since
   */
  undo(): Promise<void>;
}

/** The place of a problem in a file. */
export interface EditPlace {
  readonly file: string;
  readonly range: Range;
}

/**
 * Edits files of the workspace, each call as one undo step. Files without unsaved changes are saved
 * afterwards, unless the user turned `files.refactoring.autoSave` off; files with unsaved changes
 * stay unsaved. Existing files are never overwritten.
 */
export interface EditsService {
  /**
   * Applies all edits or none.
   *
   * @returns whether they were applied; the user can discard a preview
   * @throws Error naming the file that is read-only, exists already or can't be written
   */
  apply(edits: readonly FileEdit[], options: ApplyEditsOptions): Promise<boolean>;
  /**
   * Shows the edited files beside the current ones in one editor, without changing them. The editor
   * stays open until it is disposed or the user closes it.
   */
  preview(title: string, edits: readonly FileEdit[]): Promise<Disposable>;
  /**
   * Sets fields with minimal edits of the YAML: comments, order, quotes and line endings stay. A
   * change that can't be made safely is refused with its reason; the others are made.
   */
  setFields(changes: readonly FieldChange[], options: { label: string }): Promise<SetFieldsResult>;
  /**
   * Replaces the YAML scalar at a place and keeps its quotes.
   *
   * @throws Error with a sentence for the user if there is no scalar
   */
  replaceValue(place: EditPlace & { value: string }, options: { label: string }): Promise<void>;
  /**
   * Disables a problem with a comment before its line.
   *
   * @throws Error with a sentence for the user if no comment is possible there
   */
  ignoreProblem(place: EditPlace & { code: string }, options: { label: string }): Promise<void>;
}
