export { isTreeNode } from './treeNode';
export * from './focusedRow';
