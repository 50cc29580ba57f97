/**
 * An HTTP request of a plugin.
 *
 * @beta
 */
export interface NetworkRequest {
  /** Default: `GET`. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The maximum time for the whole response, in milliseconds: 30,000 by default, at most 120,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/**
 * A response with any status. Redirects aren't followed; `location` is in the headers.
 *
 * @beta
 */
export interface NetworkResponse {
  readonly status: number;
  /** Headers by lowercase name. */
  readonly headers: ReadonlyMap<string, string>;
  /** At most 10 MB. */
  readonly body: Uint8Array;
}

/**
 * Sends requests to the hosts in the plugin's capability `network`. Addresses of this machine and
 * its link-local network aren't contacted.
 *
 * @beta
 */
export interface NetworkService {
  /**
   * Sends a request.
   *
   * @param url - an `https:` URL
   * @throws Error if the user or the declaration doesn't allow the host, or without a response;
   * AbortError
   */
  fetch(url: string, request?: NetworkRequest): Promise<NetworkResponse>;
}

/** @beta */
export interface ProgramOptions {
  readonly args?: readonly string[];
  /** Standard input. */
  readonly input?: string;
  /** The maximum run time in milliseconds: 30,000 by default, at most 600,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** @beta */
export interface ProgramOutput {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs the programs in the plugin's capability `run`, in trusted workspaces.
 *
 * @beta
 */
export interface ProgramsService {
  /**
   * Runs a program without a shell, outside the workspace.
   *
   * @param program - name that is looked up in `PATH`, or absolute path, as declared
   * @throws Error if the user, the declaration or the workspace doesn't allow it, if the program
   * doesn't exist, takes too long, or writes more than 10 MB; AbortError
   */
  run(program: string, options?: ProgramOptions): Promise<ProgramOutput>;
}

/**
 * Secrets of the plugin in the editor's secret storage, in all workspaces. Needs the capability
 * `secrets`.
 *
 * @beta
 */
export interface SecretsService {
  get(key: string): Promise<string | undefined>;
  /** Stores a secret; undefined removes it. */
  set(key: string, value: string | undefined): Promise<void>;
}
