/** Why something ends that was asked for with an aborted signal. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError');
}

/** Why something ends that an index was asked for that is closed now. */
export function closedError(): Error {
  return new DOMException('The index is closed', 'AbortError');
}
