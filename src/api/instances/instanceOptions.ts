/** Whoever asks can end it. */
export interface InstanceOptions {
  readonly signal: AbortSignal;
}
