import type { OutputFolder } from '../../../platform/core/ports';
import type { DocsCompletion } from './docsCompletion';
import type { HeadingRenames } from './headingRenames';

/** Parts of TechDocs that need Node. */
export interface DocsTools {
  /**
   * Completes links of docs. Undefined in browsers, where it would exceed the bundle's size limit.
   */
  readonly DocsCompletion: typeof DocsCompletion | undefined;
  /** Updates links when a heading is renamed; undefined in browsers. */
  readonly HeadingRenames: typeof HeadingRenames | undefined;
  /** Opens a local folder (a URI); undefined for others. */
  openOutput(folder: string): Promise<OutputFolder | undefined>;
  /** Runs MkDocs; undefined if programs can't be started. */
  readonly runMkdocs: ((run: MkdocsRun) => Promise<void>) | undefined;
}

/** A build by MkDocs. */
export interface MkdocsRun {
  /** Name on the PATH, or a path. */
  readonly program: string;
  /** URI of the config. */
  readonly config: string;
  /** URI of the output folder. */
  readonly target: string;
  /** Build time for TechDocs, in milliseconds since the epoch. */
  readonly time: number;
  readonly signal: AbortSignal;
  /** Called with each line of MkDocs' output. */
  readonly onLine: (line: string) => void;
}
