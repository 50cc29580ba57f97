import type { CatalogProcessor } from '../../../api';
import type { KindRegistry } from '../../../model';
import type { FileSystem } from '../../ports';
import type { DescriptorClassifier } from './classification';

/** What the ingestion of every file of a catalog shares. */
export interface IngestContext {
  readonly kinds: KindRegistry;
  readonly classifier: DescriptorClassifier;
  readonly processors: readonly CatalogProcessor[];
  readonly fileSystem: FileSystem;
  /** In bytes; placeholders do not read larger files either. */
  readonly maxFileSize: number;
}
