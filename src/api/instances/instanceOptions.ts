/** Options of all requests. */
export interface InstanceOptions {
  /** Cancels the request. */
  readonly signal: AbortSignal;
}
