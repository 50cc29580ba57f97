import { compareCodeUnits } from '../../../../../base';
import { type CandidateOrder, compareOrders } from '../../graph/graphNode';
import type { FileRecord } from '../../records';
import type { Repository } from '../../repository/repositories';
import type { FileStamp } from './fileReading';

/** A file that contains descriptors, or should. */
export interface IndexedFile {
  readonly uri: string;
  readonly order: CandidateOrder;
  readonly repository: Repository | undefined;
  readonly record: FileRecord;
  /** Whether the file was read as one that should contain descriptors. */
  readonly expectsDescriptors: boolean;
  /** Metadata when it was read; only for indexes that use it. */
  readonly stamp?: FileStamp;
}

/** Compares in conflict order. */
export function compareFiles(a: IndexedFile, b: IndexedFile): number {
  return compareOrders(a.order, b.order) || compareCodeUnits(a.uri, b.uri);
}
