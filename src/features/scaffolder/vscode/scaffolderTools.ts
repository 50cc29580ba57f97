import type {
  GitPublisher,
  HttpClient,
  OpenRepository,
  OutputFolder,
} from '../../../platform/core/ports';
import type { VsCodeScaffolder } from './vsCodeScaffolder';

/** The parts of the scaffolder that need Node. */
export interface ScaffolderTools {
  readonly VsCodeScaffolder: typeof VsCodeScaffolder;
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
