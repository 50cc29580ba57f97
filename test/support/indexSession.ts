import { defaultCatalogOptions } from '../../src/core/catalog';
import { DescriptorClassifier } from '../../src/core/catalog/ingest/classification';
import type { IndexSession } from '../../src/core/catalog/workspace/catalogIndex';
import { KindRegistry } from '../../src/model';
import { InMemoryFileSystem } from './inMemoryFileSystem';

/** What an index is refreshed with, for tests that need no engine around it. */
export function indexSession({ aiModel }: { aiModel: boolean }): IndexSession {
  const kinds = KindRegistry.builtin({ aiModel });
  return {
    options: defaultCatalogOptions,
    context: {
      kinds,
      classifier: new DescriptorClassifier(kinds),
      processors: [],
      kindSchemas: {},
      fileSystem: new InMemoryFileSystem(),
      maxFileSize: defaultCatalogOptions.maxFileSize,
    },
  };
}
