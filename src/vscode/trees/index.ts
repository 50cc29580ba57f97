export { isTreeNode } from './treeNode';
