import type { Disposable } from '../../base';
import type { JsonObject, JsonValue } from '../../model';
import { createExtensionPoint } from '../extensionPoints';

/**
 * An action of template steps. Names and behavior follow `createTemplateAction` of
 * `@backstage/plugin-scaffolder-node`, but files are in memory instead of a folder on disk.
 */
export interface ScaffolderAction {
  /** Unique id, such as `acme:ticket:create`: letters, digits, `:`, `-`, `_` and `.`. */
  readonly id: string;
  /** Description in Markdown. */
  readonly description?: string;
  /** JSON schemas of a step's input and output. Invalid input fails the step before the action runs. */
  readonly schema?: { readonly input?: JsonObject; readonly output?: JsonObject };
  /**
   * Whether the action runs in a dry run. It must then change only the task's workspace. Otherwise,
   * the step is skipped and returns an example output.
   */
  readonly supportsDryRun?: boolean;
  /**
   * Runs a step, once for each item of `each`.
   *
   * @throws Error with a message for the user; the task fails then
   */
  handler(context: ScaffolderActionContext): Promise<void>;
}

/** Inputs and services of a running action. */
export interface ScaffolderActionContext {
  /** Input of the step with all expressions resolved, validated by the schema. */
  readonly input: JsonObject;
  readonly workspace: TaskWorkspace;
  /** Log that is shown while the task runs. Secrets are replaced with `***`. */
  readonly logger: ScaffolderLogger;
  /** Sets `steps.<id>.output.<name>`; with `each`, a list with one value per item. */
  readonly output: (name: string, value: JsonValue) => void;
  /**
   * Reports the step as skipped when it ends, because it does less here than in a Backstage. Its
   * output is kept for later steps. The reason is logged.
   */
  readonly skip: (reason: string) => void;
  /** Secrets that the user entered. Must not be written anywhere. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly step: { readonly id: string; readonly name: string };
  readonly task: { readonly id: string };
  readonly templateInfo: TemplateInfo;
  readonly user: { readonly ref?: string };
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

/** The Template of a task. */
export interface TemplateInfo {
  /** `template:namespace/name`, lowercase. */
  readonly entityRef: string;
  /** URI of the Template's file, the base of relative addresses. */
  readonly baseUrl: string;
}

/** Logger of a task. */
export interface ScaffolderLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * The files of a task, in memory. Paths are relative, with `/`; a path outside the workspace is
 * rejected with a `NotAllowedError`. Files are written to disk only after the task completed.
 *
 * Errors have the messages and codes of Node's file system.
 */
export interface TaskWorkspace {
  /** Name in messages and prefix of absolute paths. */
  readonly path: string;
  /**
   * Returns the absolute path.
   *
   * @throws `NotAllowedError` for a path outside the workspace, as in Backstage
   */
  resolve(path: string): string;
  has(path: string): boolean;
  /** Checks whether a folder exists. */
  isDirectory(path: string): boolean;
  /**
   * Reads a file.
   *
   * @throws `ENOENT`, `EISDIR`
   */
  readFile(path: string): Uint8Array;
  /**
   * Creates or replaces a file and its parent folders.
   *
   * @throws `EISDIR`, `ENOTDIR`
   */
  writeFile(path: string, content: Uint8Array | string, options?: WriteFileOptions): void;
  /**
   * Creates a folder and its parents, if missing.
   *
   * @throws `EEXIST`, `ENOTDIR`
   */
  makeDirectory(path: string): void;
  /** Removes a file or a folder with its contents, if it exists. */
  remove(path: string): void;
  /**
   * Moves a file or folder.
   *
   * @throws `ENOENT`, `EEXIST`, `ENOTDIR`, `EINVAL`
   */
  move(from: string, to: string): void;
  /**
   * Returns the entries of a folder, sorted by code units.
   *
   * @throws `ENOENT`, `ENOTDIR`
   */
  list(path: string): readonly WorkspaceEntry[];
  /** Returns all descendants of a folder, each folder before its contents; empty if it isn't a folder. */
  entries(path?: string): Iterable<WorkspaceEntryBelow>;
  /** Checks whether a file exists and is executable. */
  isExecutable(path: string): boolean;
}

/** A descendant of a folder. */
export interface WorkspaceEntryBelow {
  /** Path relative to the folder. */
  readonly path: string;
  readonly isDirectory: boolean;
}

/** Options for writing a file. */
export interface WriteFileOptions {
  /** Whether the file is executable; default: unchanged, or false for a new file. */
  readonly isExecutable?: boolean;
}

/** An entry of a folder. */
export interface WorkspaceEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** Extension point for plugins that add actions for templates. */
export interface ScaffolderActionsExtensionPoint {
  /**
   * Adds an action until the Disposable is disposed.
   *
   * @throws TypeError if the id is taken
   */
  addAction(action: ScaffolderAction): Disposable;
}

/** Adds actions that steps of templates run. */
export const scaffolderActionsExtensionPoint =
  createExtensionPoint<ScaffolderActionsExtensionPoint>({ id: 'scaffolder.actions' });
