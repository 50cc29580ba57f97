export * from './focusedRow';
export { isTreeNode } from './treeNode';
