import { NotificationType, ProgressType, RequestType } from 'vscode-languageserver-protocol';
import type { Refactoring, RefactoringPlan, SourceEntities, SourceEntityQuery } from '../../../api';
import type { Result } from '../../../base';
import type {
  CatalogFileRow,
  CustomKind,
  FileProblems,
  JsonObject,
  OwnerMapping,
  Severity,
} from '../../../model';

/*
 * What Callboard's editor part and its language server say to each other beyond LSP. URIs are in the
 * canonical spelling of `base/uri.ts`.
 */

/**
 * The commands that texts and lenses of the server may run, each with the ref of an entity: what stands in a
 * descriptor or a schema must not come to run any other.
 */
export const linkedCommands: readonly string[] = [
  'callboard.entity.openPage',
  'callboard.entity.open',
  'callboard.entity.showDependents',
  'callboard.entity.openDocs',
  'callboard.entity.showGraph',
];

/** How the client starts the server; other clients send none of it. */
export interface CallboardInitialization {
  /**
   * Whether the client has the catalog and tells the server of it; else the server reads the folders of
   * the workspace itself.
   */
  readonly hasCatalog: boolean;
  /** Of `linkedCommands`, those that the client can run. */
  readonly commands: readonly string[];
  readonly settings: LanguageSettings;
}

/** What the settings of the editor say to the language features. */
export interface LanguageSettings {
  readonly customKinds: readonly CustomKind[];
  /** JSON schemas of custom kinds, by the path that a kind names. */
  readonly kindSchemas: Readonly<Record<string, unknown>>;
  /** Whom owners in CODEOWNERS files stand for, where their names do not tell. */
  readonly codeownersOwners: OwnerMapping;
  /** By problem code, of those that the user wants otherwise. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** Actions that templates may use besides Backstage's own: ids, in which `*` stands for any text. */
  readonly scaffolderActions: readonly string[];
  /** Those that plugins add, with what they say of themselves. */
  readonly contributedActions: readonly ContributedAction[];
  /** Whether another extension completes and explains by the schemas that Callboard contributes. */
  readonly isStructureElsewhere: boolean;
  /** Hosts that schemas named in modelines may be read from. */
  readonly schemaHosts: readonly string[];
  readonly isTrusted: boolean;
}

/** An action of Templates, as it tells of itself. */
export interface ContributedAction {
  readonly id: string;
  /** Markdown. */
  readonly description?: string | undefined;
  /** JSON schemas. */
  readonly input?: JsonObject | undefined;
  readonly output?: JsonObject | undefined;
  readonly supportsDryRun?: boolean | undefined;
}

export interface CatalogUpdate {
  /** Whether what was sent before counts no more. */
  readonly isFirst: boolean;
  readonly rows: readonly CatalogFileRow[];
}

export interface CatalogSettled {
  /** Whether the workspace has been read from its beginning to its end. */
  readonly isReady: boolean;
  /** Of the open files whose problems may have changed. */
  readonly problems: readonly FileProblems[];
}

/** Client to server: files of the catalog with what they bring now. */
export const catalogUpdate = new NotificationType<CatalogUpdate>('callboard/catalogUpdate');

/** Client to server: what was sent before is all that there is. */
export const catalogSettled = new NotificationType<CatalogSettled>('callboard/catalogSettled');

/** Client to server. */
export const languageSettings = new NotificationType<LanguageSettings>('callboard/settings');

/**
 * Client to server: the JSON of a schema that Callboard contributes to other YAML extensions, by its URI; null
 * for any other URI.
 */
export const contributedSchemaText = new RequestType<string, string | null, void>(
  'callboard/contributedSchema',
);

/** Server to client: all problems of a file that was opened. */
export const problemsOfFile = new RequestType<string, FileProblems, void>(
  'callboard/problemsOfFile',
);

export interface FindInSourcesRequest extends SourceEntityQuery {
  /** Of the progress that has what each source has found. */
  readonly answers: string;
}

/**
 * Server to client: asks the sources that the client holds a part of for entities by names; nobody where there are none, or they are
 * out of reach. Answered once all have answered, each by {@link foundInSource}.
 */
export const findInSources = new RequestType<FindInSourcesRequest, void, void>(
  'callboard/findInSources',
);

/** Client to server: what a source has found. */
export const foundInSource = new ProgressType<SourceEntities>();

/** The plan, or a sentence that says why there is none. */
export type PlannedRefactoring = Result<RefactoringPlan>;

/** Client to server: what a refactoring would change. */
export const planRefactoring = new RequestType<Refactoring, PlannedRefactoring, void>(
  'callboard/planRefactoring',
);
