import type { Disposable, Event } from '../base';
import type { CatalogView } from '../language';

/** Where the server has its catalog from. */
export interface CatalogSource extends Disposable {
  readonly view: CatalogView;
  /**
   * Fires when the catalog is complete again after a change, with the URIs of the files whose problems
   * may have become others.
   */
  readonly onDidSettle: Event<ReadonlySet<string>>;
  /** Called when a file is opened, so that its problems are known. */
  opened(file: string): Promise<void>;
  /** Called when the text of an open file has changed, or counts no more. */
  edited(file: string): void;
}
