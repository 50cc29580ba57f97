import type { Disposable } from '../../base';
import type { JsonObject, JsonValue } from '../../model';
import { createExtensionPoint } from '../extensionPoints';

/**
 * What a step of a Template can do. Names and behaviour are those of `createTemplateAction` of
 * `@backstage/plugin-scaffolder-node`, with files in memory in the place of a folder on disk.
 */
export interface ScaffolderAction {
  /** Such as `acme:ticket:create`: letters, digits, `:`, `-`, `_` and `.`. */
  readonly id: string;
  /** Markdown. */
  readonly description?: string;
  /**
   * JSON schemas of what a step passes and of what it gives. What does not fit the first fails the step
   * before the action runs.
   */
  readonly schema?: { readonly input?: JsonObject; readonly output?: JsonObject };
  /**
   * Whether it runs in a dry run too: it must not change anything but the task's workspace then. Where it
   * does not, the step is skipped and gives an example of its output.
   */
  readonly supportsDryRun?: boolean;
  /**
   * Does the work of a step, once for each `each`.
   *
   * @throws an Error whose message says what went wrong; the task fails then
   */
  handler(context: ScaffolderActionContext): Promise<void>;
}

/** What an action gets to do its work with. */
export interface ScaffolderActionContext {
  /** As the step has it, with all expressions resolved; fits the schema. */
  readonly input: JsonObject;
  readonly workspace: TaskWorkspace;
  /** What is logged is shown while the task runs. Secrets in it come out as `***`. */
  readonly logger: ScaffolderLogger;
  /** Gives `steps.<id>.output.<name>`: with `each`, a list with what each gave. */
  readonly output: (name: string, value: JsonValue) => void;
  /**
   * Reports the step as skipped once it ends: it doesn't do here what it does in a Backstage. Its output counts all the
   * same, so that later steps go on. The reason is logged.
   */
  readonly skip: (reason: string) => void;
  /** What the user was asked for in confidence; must not be written anywhere. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly step: { readonly id: string; readonly name: string };
  readonly task: { readonly id: string };
  readonly templateInfo: TemplateInfo;
  readonly user: { readonly ref?: string };
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

export interface TemplateInfo {
  /** `template:namespace/name`, in lower case. */
  readonly entityRef: string;
  /** URI of the file that the Template stands in: what relative addresses are relative to. */
  readonly baseUrl: string;
}

export interface ScaffolderLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * The files that a task makes. Paths are relative with `/`; one that leads out of the workspace is
 * refused with a `NotAllowedError`. Nothing is written to disk before the task has come to its end.
 *
 * Errors read as those of Node's file system do, and have its codes.
 */
export interface TaskWorkspace {
  /** What the workspace is called in messages, and what absolute paths begin with. */
  readonly path: string;
  /** @throws what Node throws for a path that leads out of it: `NotAllowedError` */
  resolve(path: string): string;
  has(path: string): boolean;
  isDirectory(path: string): boolean;
  /** @throws `ENOENT`, `EISDIR` */
  readFile(path: string): Uint8Array;
  /** Puts a file in the place of what was there; makes folders on the way. @throws `EISDIR`, `ENOTDIR` */
  writeFile(path: string, content: Uint8Array | string, options?: WriteFileOptions): void;
  /** Makes a folder, and those on the way, where they are not there yet. @throws `EEXIST`, `ENOTDIR` */
  makeDirectory(path: string): void;
  /** Takes away a file, or a folder with all that is in it, if it is there. */
  remove(path: string): void;
  /** Puts what lies at a path, a file or a folder, elsewhere. @throws `ENOENT`, `EEXIST`, `ENOTDIR`, `EINVAL` */
  move(from: string, to: string): void;
  /** What lies in a folder, sorted by code units. @throws `ENOENT`, `ENOTDIR` */
  list(path: string): readonly WorkspaceEntry[];
  /** All that lies below a folder, a folder's own before those deeper; nothing where it is no folder. */
  entries(path?: string): Iterable<WorkspaceEntryBelow>;
  /** Whether there is a file that is a program. */
  isExecutable(path: string): boolean;
}

export interface WorkspaceEntryBelow {
  /** From the folder that was asked for. */
  readonly path: string;
  readonly isDirectory: boolean;
}

export interface WriteFileOptions {
  /** Whether it is a program. Default: as the file that was there, else no. */
  readonly isExecutable?: boolean;
}

export interface WorkspaceEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** Where plugins add actions that Templates may use. */
export interface ScaffolderActionsExtensionPoint {
  /**
   * @returns takes it back
   * @throws TypeError where there is an action of that id already
   */
  addAction(action: ScaffolderAction): Disposable;
}

/** Adds actions that Templates may use. */
export const scaffolderActionsExtensionPoint =
  createExtensionPoint<ScaffolderActionsExtensionPoint>({ id: 'scaffolder.actions' });
