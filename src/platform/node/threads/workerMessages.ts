import { isRecord } from '../../../base';
/** To a worker: one at a time. */
export interface JobRequest {
  readonly job: string;
  readonly input: unknown;
}

/** From a worker, once before all else: it can be given jobs. */
export const READY = 'ready';

/** From a worker, once for each request. */
export type JobReply =
  | { readonly isOk: true; readonly output: unknown }
  | { readonly isOk: false; readonly message: string };

export function isJobRequest(value: unknown): value is JobRequest {
  return isRecord(value) && typeof value['job'] === 'string';
}

export function isJobReply(value: unknown): value is JobReply {
  if (!isRecord(value)) return false;
  return (
    value['isOk'] === true || (value['isOk'] === false && typeof value['message'] === 'string')
  );
}
