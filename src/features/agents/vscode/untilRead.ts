import type { CatalogService } from '../../../api';

/** In milliseconds: as long as it may take until reading begins in a window that has just opened. */
const PATIENCE = 10_000;

/**
 * Resolves when the catalog has been read.
 *
 * @param patience - in milliseconds, for reading to begin
 * @throws AbortError, Error where it could not be, or nobody reads it
 */
export function untilRead(
  catalog: Pick<CatalogService, 'status' | 'onDidChangeStatus'>,
  signal: AbortSignal,
  patience = PATIENCE,
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
      // Somebody has stopped it, and nobody need begin again.
      else if (status === 'idle' && isReading) fail(NOT_READ);
      else if (status === 'idle') timer ??= setTimeout(() => fail(NOT_READ), patience);
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
