import type * as vscode from 'vscode';
import type {
  ActionsService,
  BackstageInstances,
  CatalogService,
  CatalogSources,
  IdentityService,
  ScaffolderAction,
  StateService,
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
import type { DescriptorImporterDeps } from '../../authoring/core/import';

/** What running templates takes of Node. */
export interface RunTools {
  /** A folder (a URI) of the disk; undefined for others. */
  openOutput(folder: string): Promise<OutputFolder | undefined>;
  /**
   * Other machines for what templates say.
   *
   * @param isNamed - whether the user has named a host: without that, this machine is out of reach
   */
  openHttp(isNamed: (host: string) => boolean): Promise<HttpClient>;
  /** Other machines that the user is let in to. */
  readonly http: HttpClient;
  readonly git: GitPublisher;
  readonly openRepository: OpenRepository;
}

/** What running templates in the editor takes. */
export interface ScaffolderDeps {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly identity: IdentityService;
  /** Backstages that are sources: their templates run there. */
  readonly instances: BackstageInstances;
  readonly sources: Pick<CatalogSources, 'getSourceOf'>;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The catalog, as what looks into folders knows it. */
  readonly engine: DescriptorImporterDeps['catalog'];
  readonly state: StateService;
  /** The environment variables of the host. */
  readonly environment: Environment;
  /** Of the folder that the extension is installed in. */
  readonly extensionUri: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
  readonly workers: WorkerPool | undefined;
  readonly tools: RunTools;
  /** The actions that plugins add. */
  readonly contributed: () => Iterable<ScaffolderAction>;
}
