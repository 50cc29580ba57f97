export { changeOwner } from './changeOwner';
export { moveToNamespace } from './moveToNamespace';
export { renameEntity } from './renameEntity';
