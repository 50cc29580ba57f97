import type { Disposable, Range } from '../../base';

/** A stretch of a text and what shall stand in its place; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/**
 * Changes to one file: edits of a file that is there, a file to be created with this content, or a file
 * to be moved to another URI, which comes after the edits of it.
 */
export type FileEdit =
  | { readonly file: string; readonly edits: readonly TextEdit[] }
  | { readonly file: string; readonly content: string }
  | { readonly file: string; readonly moveTo: string };

export interface ApplyEditsOptions {
  /** What happens, as the undo of the editor names it: `Set owner of orders`. */
  readonly label: string;
  /** Shows all changes in the editor's refactoring preview, to be confirmed one by one. */
  readonly preview?: boolean;
}

/** One field of an entity to be given one value, such as `spec.owner`. */
export interface FieldChange {
  /** Full ref of an entity that is written in the workspace. */
  readonly entityRef: string;
  /** Dotted path of the field below the entity. */
  readonly field: string;
  /** As it shall be read back; quotes are added where YAML needs them. */
  readonly value: string;
}

export interface RefusedChange {
  readonly entityRef: string;
  /** A sentence for the user, in the language of the editor. */
  readonly reason: string;
}

export interface SetFieldsResult {
  /** Refs of entities whose descriptor changed. */
  readonly changed: readonly string[];
  /** Refs of entities that had the value already. */
  readonly unchanged: readonly string[];
  readonly refused: readonly RefusedChange[];
  /** Takes the changes back, unless a file was edited since; then it rejects. */
  undo(): Promise<void>;
}

/** A place in a file that a problem points to. */
export interface EditPlace {
  readonly file: string;
  readonly range: Range;
}

/**
 * Writes to the files of the workspace, always as one step that the editor can undo. A file without
 * unsaved changes is saved afterwards, unless the user keeps refactorings unsaved
 * (`files.refactoring.autoSave`); one with unsaved changes is left to its author. Existing files
 * are never overwritten.
 */
export interface EditsService {
  /**
   * Applies all of the edits or none.
   *
   * @returns whether they were applied; a preview can be discarded
   * @throws Error naming the file that is read-only, that exists already or that cannot be written
   */
  apply(edits: readonly FileEdit[], options: ApplyEditsOptions): Promise<boolean>;
  /**
   * Shows in one editor what the files would become, beside what they are; nothing is changed. It stays
   * until it is disposed, or the user closes it.
   */
  preview(title: string, edits: readonly FileEdit[]): Promise<Disposable>;
  /**
   * Sets fields by the smallest edit of the YAML: comments, order, quotes and line ends stay. What
   * cannot be changed safely is refused with its reason; the others are changed.
   */
  setFields(changes: readonly FieldChange[], options: { label: string }): Promise<SetFieldsResult>;
  /**
   * Replaces the single YAML value at a place, quotes as they were.
   *
   * @throws Error with a sentence for the user when there is no such value
   */
  replaceValue(place: EditPlace & { value: string }, options: { label: string }): Promise<void>;
  /**
   * Switches a problem off by a comment before its line.
   *
   * @throws Error with a sentence for the user where no comment can stand
   */
  ignoreProblem(place: EditPlace & { code: string }, options: { label: string }): Promise<void>;
}
