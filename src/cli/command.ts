import type {
  CatalogService,
  FilesService,
  LoadedTemplate,
  SearchCollator,
  TechDocsService,
} from '../api';
import type { Logger, Translate } from '../base';
import type { CatalogEngine, WorkOptions } from '../features/catalog/core';
import type { Problem } from '../model';
import type { Clock, FileSystem, WorkerPool } from '../platform/core/ports';
import type { ProblemSourceDeps, TextProblemSource } from '../server/standalone';
import type { ParsedCommand } from './options';
import type { Terminal } from './terminal';
import type { UserCache } from './userCache';

/** What the process ends with. */
export const exitCodes = {
  ok: 0,
  /** Errors in what was validated. */
  problems: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Callboard itself failed. */
  failure: 3,
  /** The command was interrupted. The process ends with the code of the signal: 130 for Ctrl-C, 143 for SIGTERM. */
  interrupted: 130,
} as const;

/** The world of a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly workers?: { readonly pool: WorkerPool };
  /** Problems that plugins find in a catalog and in the files that it was read from. */
  readonly inspect: (
    catalog: CatalogEngine,
    fileSystem: FileSystem,
    options: WorkOptions & { readonly cache?: UserCache | undefined },
  ) => Promise<readonly Problem[]>;
  /** Results of earlier commands; undefined: none are stored or used. */
  readonly cache?: UserCache | undefined;
  /** Problems that plugins find in open texts, for the language server. */
  readonly openProblems?: (deps: ProblemSourceDeps) => Promise<TextProblemSource>;
  /** What plugins bring into a search. */
  readonly collators: (deps: CollatorDeps) => Promise<readonly SearchCollator[]>;
  /** An absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Runs work that undoes itself when the signal is aborted; the process does not end in the middle of it. */
  readonly undoable?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Of Callboard. */
  readonly version: string;
  /** URI of docs/problems.md, which explains problem codes; nothing need be there. */
  readonly problemsPage: string;
  /** URI of the folder with what the pages of built sites load. */
  readonly siteTheme: string;
  /** URI of the folder with the software templates that ship, each in a folder of its own. */
  readonly templates: string;
}

/** Templates that are in no catalog, as a search takes them. */
export interface ShippedTemplates {
  getTemplates(): Promise<readonly Omit<LoadedTemplate, 'actions'>[]>;
  loadTemplate(ref: string): Promise<Omit<LoadedTemplate, 'actions'> | undefined>;
}

/** What there is to be searched. */
export interface CollatorDeps {
  readonly catalog: CatalogService;
  readonly files: Pick<FilesService, 'readFile'>;
  readonly techdocs: TechDocsService;
  /** The Templates that come with Callboard. */
  readonly scaffolder: ShippedTemplates;
  readonly logger: Logger;
  readonly translate: Translate;
}

/** Runs work that undoes itself when the command is interrupted. */
export function undoable<T>(context: CommandContext, work: () => Promise<T>): Promise<T> {
  return context.undoable ? context.undoable(work) : work();
}

/** Runs a command to its exit code. @throws UsageError, AbortError */
export type RunCommand = (parsed: ParsedCommand, context: CommandContext) => Promise<number>;

/** What Callboard needs cannot be had; the message says what, and what to do. */
export class FailedError extends Error {
  override readonly name = 'FailedError';
}

/** A command line that cannot be carried out; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
