import type * as vscode from 'vscode';
import type {
  ActionsService,
  BackstageInstances,
  CatalogService,
  CatalogSources,
  IdentityService,
  ScaffolderAction,
  StateService,
  TemplateProvider,
} from '../../../api';
import type { Logger } from '../../../base';
import type {
  Clock,
  Environment,
  FileSystem,
  GitPublisher,
  HttpClient,
  OpenRepository,
  OutputFolder,
  WorkerPool,
} from '../../../platform/core/ports';
import type { CatalogEngine } from '../../catalog/core';
import type { DescriptorImporterDeps } from '../../authoring/core/import';

/** Node services for running templates. */
export interface RunTools {
  /** Opens a folder (a URI) on disk. Undefined for others. */
  openOutput(folder: string): Promise<OutputFolder | undefined>;
  /**
   * Client for URLs in templates.
   * @param isNamed - whether the user has allowed a host. Otherwise, local addresses are blocked
   */
  openHttp(isNamed: (host: string) => boolean): Promise<HttpClient>;
  /** Client for hosts that the user is signed in to. */
  readonly http: HttpClient;
  readonly git: GitPublisher;
  readonly openRepository: OpenRepository;
}

/** Services for running templates in the editor. */
export interface ScaffolderDeps {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly identity: IdentityService;
  /** Backstage sources. Their templates run there. */
  readonly instances: BackstageInstances;
  readonly sources: Pick<CatalogSources, 'getSourceOf'>;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The catalog, for the importer, with the actions that plugins describe. */
  readonly engine: DescriptorImporterDeps['catalog'] & Pick<CatalogEngine, 'model'>;
  readonly state: StateService;
  /** Environment variables. */
  readonly environment: Environment;
  /** URI of the extension's folder. */
  readonly extensionUri: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
  readonly workers: WorkerPool | undefined;
  readonly tools: RunTools;
  /** Actions that plugins contribute. */
  readonly contributed: () => Iterable<ScaffolderAction>;
  /** Sources of templates of plugins. */
  readonly provided: () => Iterable<TemplateProvider>;
}
