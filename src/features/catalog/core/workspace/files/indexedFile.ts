import { compareCodeUnits } from '../../../../../base';
import { type CandidateOrder, compareOrders } from '../../graph/graphNode';
import type { FileRecord } from '../../records';
import type { Repository } from '../../repository/repositories';
import type { FileStamp } from './fileReading';

/** A file that holds descriptors, or is meant to. */
export interface IndexedFile {
  readonly uri: string;
  readonly order: CandidateOrder;
  readonly repository: Repository | undefined;
  readonly record: FileRecord;
  /** Whether the file was read as one that is meant to hold descriptors. */
  readonly isMeant: boolean;
  /** What the file looked like when it was read; only for indexes that can do with it. */
  readonly stamp?: FileStamp;
}

/** The order of conflicts. */
export function compareFiles(a: IndexedFile, b: IndexedFile): number {
  return compareOrders(a.order, b.order) || compareCodeUnits(a.uri, b.uri);
}
