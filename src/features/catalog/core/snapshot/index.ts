export { type Snapshot, snapshotIn } from './savedCatalog';
