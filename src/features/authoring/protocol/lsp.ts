import { NotificationType, ProgressType, RequestType } from 'vscode-languageserver-protocol';
import type { Refactoring, RefactoringPlan, SourceEntities, SourceEntityQuery } from '../../../api';
import type { DisplayLanguage, Result } from '../../../base';
import type {
  CatalogFileRow,
  CustomKind,
  FileProblems,
  JsonObject,
  OwnerMapping,
  Severity,
} from '../../../model';
import type { ModelData } from '../../catalog/core';

/**
 * Messages between the extension and its language server beyond LSP. URIs are in the canonical spelling of
 * `base/uri.ts`.
 */

/**
 * The commands that the server's texts and lenses may run, each with the ref of an entity. No other command must be
 * reachable from a descriptor or schema.
 */
export const linkedCommands: readonly string[] = [
  'callboard.entity.openPage',
  'callboard.entity.open',
  'callboard.entity.showDependents',
  'callboard.entity.openDocs',
  'callboard.entity.showGraph',
];

/** Initialization options of Callboard's extension; other clients send none. */
export interface CallboardInitialization {
  /** Whether the client sends the catalog; otherwise the server reads the workspace folders itself. */
  readonly hasCatalog: boolean;
  /** The `linkedCommands` that the client can run. */
  readonly commands: readonly string[];
  readonly settings: LanguageSettings;
  /** Default: English. */
  readonly display?: DisplayLanguage;
}

/** The editor's settings for language features. */
export interface LanguageSettings {
  readonly customKinds: readonly CustomKind[];
  /** Schemas of custom kinds, and layers of the catalog model. */
  readonly model: ModelData;
  /** Maps CODEOWNERS handles to entity refs. */
  readonly codeownersOwners: OwnerMapping;
  /** The user's severities by problem code. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** Additional actions that templates may use: ids, in which `*` matches any text. */
  readonly scaffolderActions: readonly string[];
  /** Actions of plugins, with their documentation. */
  readonly contributedActions: readonly ContributedAction[];
  /** Whether another extension completes and explains by the schemas that Callboard contributes. */
  readonly isStructureDelegated: boolean;
  /** Hosts that schemas in modelines may be fetched from. */
  readonly schemaHosts: readonly string[];
  readonly isTrusted: boolean;
}

/** Documentation of a template action. */
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
  /** Whether it replaces everything that was sent before. */
  readonly isFirst: boolean;
  readonly rows: readonly CatalogFileRow[];
}

export interface CatalogSettled {
  /** Whether the whole workspace has been read. */
  readonly isReady: boolean;
  /** Problems of open files in which they may have changed. */
  readonly problems: readonly FileProblems[];
}

/** Client to server: the current entities of changed catalog files. */
export const catalogUpdate = new NotificationType<CatalogUpdate>('callboard/catalogUpdate');

/** Client to server: the updates sent before are complete. */
export const catalogSettled = new NotificationType<CatalogSettled>('callboard/catalogSettled');

/** Client to server: the current settings. */
export const languageSettings = new NotificationType<LanguageSettings>('callboard/settings');

/**
 * Client to server: requests the JSON of a schema that Callboard contributes to other YAML extensions, by its URI; null
 * for any other URI.
 */
export const contributedSchemaText = new RequestType<string, string | null, void>(
  'callboard/contributedSchema',
);

/** Server to client: requests all problems of an opened file. */
export const problemsOfFile = new RequestType<string, FileProblems, void>(
  'callboard/problemsOfFile',
);

export interface FindInSourcesRequest extends SourceEntityQuery {
  /** Token of the progress that reports each source's answer. */
  readonly answers: string;
}

/**
 * Server to client: searches the client's partial sources for entities by name. Reports each answer by {@link
 * foundInSource}, and responds once all have answered, at once if there are no sources.
 */
export const findInSources = new RequestType<FindInSourcesRequest, void, void>(
  'callboard/findInSources',
);

/** Client to server: the answer of a source. */
export const foundInSource = new ProgressType<SourceEntities>();

/** The plan, or a sentence with the reason why there is none. */
export type PlannedRefactoring = Result<RefactoringPlan>;

/** Client to server: requests the changes of a refactoring. */
export const planRefactoring = new RequestType<Refactoring, PlannedRefactoring, void>(
  'callboard/planRefactoring',
);
