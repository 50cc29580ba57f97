import type { CatalogProcessor } from '../../../api';
import type { KindRegistry } from '../../../model/validation';
import type { FileSystem } from '../../ports';
import type { CodeownersOwners } from '../processing/codeownersOwner';
import type { TechdocsFolders } from '../processing/techdocsFolder';
import type { DescriptorClassifier } from './classification';

/** What the ingestion of every file of a catalog shares. */
export interface IngestContext {
  readonly kinds: KindRegistry;
  readonly classifier: DescriptorClassifier;
  /** Undefined where entities without an owner stay without. */
  readonly codeowners?: CodeownersOwners | undefined;
  readonly processors: readonly CatalogProcessor[];
  readonly fileSystem: FileSystem;
  readonly techdocsFolders: TechdocsFolders;
  /** In bytes; placeholders do not read larger files either. */
  readonly maxFileSize: number;
  /** Actions that templates may use besides Backstage's own: ids, in which `*` stands for any text. */
  readonly scaffolderActions: readonly string[];
  /**
   * Whether documents are judged as a server judges those of a `file` location: template syntax is
   * no excuse, placeholders cannot be resolved, and where Locations lead is left to the caller.
   */
  readonly strict?: StrictReading;
}

export interface StrictReading {
  /** Whether the server would try to read from a URL at all. */
  readonly isReadable: (url: string) => boolean;
  /** Whether kinds and relations come from a model, as a module for AI brings it. */
  readonly hasModel: boolean;
}
