import type { CatalogProcessor } from '../../../../api';
import type { Release } from '../../../../model';
import type { KindRegistry } from '../../../../model/validation';
import type { FileSystem } from '../../../../platform/core/ports';
import type { DescribedAction } from '../../../plugins/core';
import type { CodeownersOwners } from '../processing/codeownersOwner';
import type { PlaceholderResult } from '../processing/placeholderResolution';
import type { TechdocsFolders } from '../processing/techdocsFolder';
import type { DescriptorClassifier } from './classification';

/** Shared data for reading the files of a catalog. */
export interface IngestContext {
  readonly kinds: KindRegistry;
  readonly classifier: DescriptorClassifier;
  /** Undefined if owners aren't added from CODEOWNERS. */
  readonly codeowners?: CodeownersOwners | undefined;
  readonly processors: readonly CatalogProcessor[];
  readonly fileSystem: FileSystem;
  readonly techdocsFolders: TechdocsFolders;
  /** Maximum size of files, and of files in placeholders, in bytes. */
  readonly maxFileSize: number;
  /** Ids of additional actions for templates; `*` matches any text. */
  readonly scaffolderActions: readonly string[];
  /** Actions for templates that plugins describe. */
  readonly describedActions?: readonly DescribedAction[] | undefined;
  /** Release of the Backstage; undefined: the latest one. */
  readonly release?: Release | undefined;
  /**
   * Set if documents are processed like on a server: template syntax is an error, placeholders
   * resolve like the server's, and callers follow Locations.
   */
  readonly strict?: StrictReading;
}

export interface StrictReading {
  /** Whether kinds and relations come from a model, as the AI module adds one. */
  readonly hasModel: boolean;
  /**
   * Resolves an entity's placeholders like the server.
   *
   * @param base - URL of the entity, or path of a `file` location
   */
  readonly placeholders: (entity: unknown, base: string) => Promise<PlaceholderResult>;
  /** URL of the file; undefined for local files. */
  readonly base?: string;
}
