export * from './focusedRow';
export { isTreeNode } from './focusedRow';
