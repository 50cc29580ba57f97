import type { Clock, FileSystem } from '../core/ports';

/** What differs between a host with Node and a browser. */
export interface Platform {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /**
   * `user.email` as git would use it in a workspace folder (a URI); undefined where there is no
   * git. Starts git: only for trusted workspaces.
   */
  gitUserEmail(folder: string): Promise<string | undefined>;
}
