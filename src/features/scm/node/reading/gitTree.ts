import type { TreeFolder, TreeNode } from './gitTreeFileSystem';

/** A folder that the engines take for a repository's, with nothing in it that names a remote. */
export function newRepositoryFolder(): TreeFolder {
  return { type: 'directory', children: new Map([['.git', newFolder()]]) };
}

function newFolder(): TreeFolder {
  return { type: 'directory', children: new Map() };
}

/**
 * Puts something at a path of a tree.
 *
 * @param options.onFolder - called for each folder that was not there
 * @returns false for a path that git itself never has, and would not check out: whoever forged it wants it to be taken for
 *   something else, such as a part of the repository's own settings
 */
export function putInTree(
  root: TreeFolder,
  path: string,
  node: TreeNode,
  { onFolder }: { readonly onFolder?: () => void } = {},
): boolean {
  const names = path.split('/');
  if (names.some(isForged)) return false;
  const last = names.pop() ?? '';
  let folder = root;
  for (const name of names) {
    let next = folder.children.get(name);
    if (next?.type !== 'directory') {
      onFolder?.();
      folder.children.set(name, (next = newFolder()));
    }
    folder = next;
  }
  folder.children.set(last, node);
  return true;
}

function isForged(name: string): boolean {
  return name === '' || name === '.' || name === '..' || /^(?:\.git|git~1)$/i.test(name);
}
