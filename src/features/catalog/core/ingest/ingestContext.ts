import type { CatalogProcessor } from '../../../../api';
import type { KindRegistry } from '../../../../model/validation';
import type { FileSystem } from '../../../../platform/core/ports';
import type { CodeownersOwners } from '../processing/codeownersOwner';
import type { PlaceholderResult } from '../processing/placeholderResolution';
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
   * Whether documents are judged as a server judges them: template syntax is no excuse, placeholders are
   * what the server makes of them, and where Locations lead is left to the caller.
   */
  readonly strict?: StrictReading;
}

export interface StrictReading {
  /** Whether kinds and relations come from a model, as a module for AI brings it. */
  readonly hasModel: boolean;
  /**
   * What the server makes of the placeholders of an entity.
   *
   * @param base - the URL that it was read from, or the path of a `file` location
   */
  readonly placeholders: (entity: unknown, base: string) => Promise<PlaceholderResult>;
  /** The URL of the file that is read; undefined for files of this machine. */
  readonly base?: string;
}
