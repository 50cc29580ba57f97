import type { OutputFolder } from '../../../platform/core/ports';
import type { DocsCompletion } from './docsCompletion';
import type { HeadingRenames } from './headingRenames';

/** The parts of TechDocs that need Node. */
export interface DocsTools {
  /** Completes links of docs; undefined in browsers, whose bundle has no room for it. */
  readonly DocsCompletion: typeof DocsCompletion | undefined;
  /** Updates links when a heading is renamed; undefined in browsers. */
  readonly HeadingRenames: typeof HeadingRenames | undefined;
  /** A folder (a URI) of the disk; undefined for others. */
  openOutput(folder: string): Promise<OutputFolder | undefined>;
  /** Runs the real MkDocs; undefined where no program can be started. */
  readonly runMkdocs: ((run: MkdocsRun) => Promise<void>) | undefined;
}

/** A build by MkDocs. */
export interface MkdocsRun {
  /** A name on the PATH, or a path. */
  readonly program: string;
  /** URI of the config. */
  readonly config: string;
  /** URI of the folder that the site goes into. */
  readonly target: string;
  /** Milliseconds since the epoch, for TechDocs. */
  readonly time: number;
  readonly signal: AbortSignal;
  /** Told what MkDocs says, line by line. */
  readonly onLine: (line: string) => void;
}
