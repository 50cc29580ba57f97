import type { CatalogService } from '../../../api';

/** Timeout for loading to begin in a new window, in milliseconds. */
const START_TIMEOUT = 10_000;

/**
 * Resolves when the catalog is loaded.
 *
 * @param timeout - for loading to begin, in milliseconds
 * @throws AbortError, Error if the catalog can't be loaded or loading doesn't begin
 */
export function whenCatalogLoaded(
  catalog: Pick<CatalogService, 'status' | 'onDidChangeStatus'>,
  signal: AbortSignal,
  timeout = START_TIMEOUT,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isReading = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      listening.dispose();
      signal.removeEventListener('abort', look);
      settle();
    };
    const fail = (message: string): void => end(() => reject(new Error(message)));
    const look = (): void => {
      const { status } = catalog;
      if (signal.aborted) end(() => reject(signal.reason as Error));
      else if (status === 'ready') end(resolve);
      else if (status === 'failed') fail("Can't load the catalog.");
      // Loading was stopped and may not begin again.
      else if (status === 'idle' && isReading) fail(NOT_READ);
      else if (status === 'idle') timer ??= setTimeout(() => fail(NOT_READ), timeout);
      else {
        isReading = true;
        clearTimeout(timer);
      }
    };
    const listening = catalog.onDidChangeStatus(look);
    signal.addEventListener('abort', look);
    look();
  });
}

const NOT_READ = 'The catalog isn\'t loaded. Run "Callboard: Refresh Catalog" in the editor.';
