import { html, type TemplateResult } from 'lit';
import { icon } from '../../../shared/controls';

/** A file, or a folder if `file` is undefined. */
interface FileNode<T> {
  readonly name: string;
  readonly file: T | undefined;
  readonly inside: FileNode<T>[];
}

/**
 * Tree of files: folders first, then by name, as in VS Code's explorer.
 *
 * @param row - renders a button with the class `template-file-row`
 */
export function fileTree<T extends { readonly path: string }>(
  files: readonly T[],
  row: (file: T, name: string) => TemplateResult,
): TemplateResult {
  const tree = (nodes: readonly FileNode<T>[]): TemplateResult =>
    html`<ul>
      ${nodes.map(({ name, file, inside }) =>
        file
          ? html`<li>${row(file, name)}</li>`
          : html`<li>
              <span class="row template-folder">${icon('folder')}<span>${name}</span></span>
              ${tree(inside)}
            </li>`,
      )}
    </ul>`;
  return tree(treeOf(files));
}

/** Moves through the files with arrow keys. @returns the target row */
export function rowAt(event: KeyboardEvent): HTMLElement | undefined {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const tree = event.currentTarget;
  if (step === 0 || !(tree instanceof HTMLElement)) return undefined;
  const rows = [...tree.querySelectorAll<HTMLElement>('.template-file-row')];
  const row = rows[rows.findIndex(one => one === document.activeElement) + step];
  if (!row) return undefined;
  event.preventDefault();
  row.focus();
  return row;
}

function treeOf<T extends { readonly path: string }>(files: readonly T[]): readonly FileNode<T>[] {
  const root: FileNode<T>[] = [];
  for (const file of files) {
    const names = file.path.split('/');
    let nodes = root;
    for (const [index, name] of names.entries()) {
      const isFile = index === names.length - 1;
      let node = nodes.find(one => one.name === name);
      if (!node) {
        node = { name, file: isFile ? file : undefined, inside: [] };
        nodes.push(node);
      }
      nodes = node.inside;
    }
  }
  return sorted(root);
}

function sorted<T>(nodes: readonly FileNode<T>[]): FileNode<T>[] {
  return nodes
    .map(node => ({ ...node, inside: sorted(node.inside) }))
    .sort(
      (a, b) => Number(Boolean(a.file)) - Number(Boolean(b.file)) || (a.name < b.name ? -1 : 1),
    );
}
