export { type SavedCatalog, type Snapshot, snapshotIn, type SnapshotSubject } from './savedCatalog';
