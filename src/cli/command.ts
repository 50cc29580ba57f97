import type {
  CatalogService,
  FilesService,
  LoadedTemplate,
  SearchCollator,
  TechDocsService,
} from '../api';
import type { Event, Logger, Translate } from '../base';
import type { CatalogEngine, WorkOptions } from '../features/catalog/core';
import type { Problem } from '../model';
import type { Clock, FileSystem, Thread, WorkerPool } from '../platform/core/ports';
import type { ProblemSourceDeps, TextProblemSource } from '../server/standalone';
import type { ParsedCommand } from './options';
import type { DependencyRecorder } from './replay/facts';
import type { Terminal } from './terminal';
import type { UserCache } from './userCache';

/** Exit codes of the process. */
export const exitCodes = {
  ok: 0,
  /** Validation found errors. */
  problems: 1,
  /** The command line is invalid. */
  usage: 2,
  /** Callboard itself failed. */
  failure: 3,
  /** The command was interrupted. The process ends with the code of the signal: 130 for Ctrl-C, 143 for SIGTERM. */
  interrupted: 130,
} as const;

/** The environment of a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly fileSystem: FileSystem;
  /** The same files, read by faster calls that block the thread, while nothing else waits for it. */
  readonly idleFileSystem?: FileSystem;
  /** Records what the command depends on, for the next run; undefined if nothing is recorded. */
  readonly recorder?: DependencyRecorder;
  readonly clock: Clock;
  readonly workers?: { readonly pool: WorkerPool };
  /** Returns the problems that plugins find in a catalog and its files. */
  readonly inspect: (
    catalog: CatalogEngine,
    fileSystem: FileSystem,
    options: WorkOptions & { readonly cache?: UserCache | undefined },
  ) => Promise<readonly Problem[]>;
  /** Paths of the folders and VSIX files of `--plugin`. */
  readonly plugins?: readonly string[];
  /** Whether the code of plugins that a workspace names may run. */
  readonly trustsPlugins?: boolean;
  /** Starts a thread for a plugin with code; undefined where none runs. */
  readonly startPlugin?: () => Promise<Thread>;
  /** URI of the program that runs the modules of a Backstage; undefined where none runs. */
  readonly modelExporter?: string;
  /** Maximum time of one answer of a plugin in a thread, in milliseconds; default: 10 s. */
  readonly pluginDeadline?: number;
  /** Results of earlier commands; undefined to neither store nor use any. */
  readonly cache?: UserCache | undefined;
  /** Returns the problems that plugins find in open texts, for the language server. */
  readonly openProblems?: (deps: ProblemSourceDeps) => Promise<TextProblemSource>;
  /** Returns the search collators of plugins. */
  readonly collators: (deps: CollatorDeps) => Promise<readonly SearchCollator[]>;
  /** The working directory, an absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Runs work that undoes itself when the signal is aborted; the process waits for it. */
  readonly undoable?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Callboard's version. */
  readonly version: string;
  /** URI of docs/problems.md, which explains problem codes; the file may not exist. */
  readonly problemsPage: string;
  /** URI of the folder with the assets of built sites. */
  readonly siteTheme: string;
  /** URI of the folder with the bundled software templates, each in its own folder. */
  readonly templates: string;
}

/** Templates that are in no catalog, for the search: bundled ones, and those of plugins. */
export interface TemplatesOutsideCatalog {
  readonly onDidChange: Event<void>;
  getTemplates(): Promise<readonly Omit<LoadedTemplate, 'actions'>[]>;
  loadTemplate(ref: string): Promise<Omit<LoadedTemplate, 'actions'> | undefined>;
}

/** Dependencies of search collators. */
export interface CollatorDeps {
  readonly catalog: CatalogService;
  readonly files: Pick<FilesService, 'readFile'>;
  readonly techdocs: TechDocsService;
  readonly scaffolder: TemplatesOutsideCatalog;
  readonly logger: Logger;
  readonly translate: Translate;
}

/** Runs work that undoes itself when the command is interrupted. */
export function undoable<T>(context: CommandContext, work: () => Promise<T>): Promise<T> {
  return context.undoable ? context.undoable(work) : work();
}

/** Runs a command to its exit code. @throws UsageError, AbortError */
export type RunCommand = (parsed: ParsedCommand, context: CommandContext) => Promise<number>;

/** A missing prerequisite; the message says what is missing and what to do. */
export class FailedError extends Error {
  override readonly name = 'FailedError';
}

/** An invalid command line; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
