/**
 * Returns the full refs of the entities that a command of a menu is for. Menus of rows of the Catalog
 * view, and of entities on pages, in tables, graphs and search results, pass different arguments to
 * a command; this function reads all of them, and refs that other commands pass.
 *
 * An extension adds its commands to the submenu `callboard.entity.plugins` in its manifest. In the
 * `when` clause, `viewItem =~ /\bkind_component\b/` selects a kind everywhere:
 *
 * ```json
 * "menus": {
 *   "callboard.entity.plugins": [
 *     { "command": "acme.page", "when": "viewItem =~ /\\bkind_component\\b/" }
 *   ]
 * }
 * ```
 *
 * @param args - arguments of the command
 * @beta
 */
export function entityRefsOf(...args: readonly unknown[]): readonly string[] {
  const [clicked, selected] = args;
  // VS Code passes the row that was clicked, and then all selected rows.
  const items: readonly unknown[] =
    Array.isArray(selected) && selected.length ? selected : [clicked];
  return [...new Set(items.flatMap(refOf))];
}

function refOf(item: unknown): readonly string[] {
  const ref: unknown =
    typeof item === 'object' && item !== null ? Reflect.get(item, 'entityRef') : item;
  return typeof ref === 'string' && ref !== '' ? [ref.toLowerCase()] : [];
}
