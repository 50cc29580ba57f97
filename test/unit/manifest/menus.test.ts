import { expect, it } from 'vitest';
import manifest from '../../../package.json';

interface Entry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

const { commands, keybindings, submenus, views } = manifest.contributes;
const menus: Readonly<Record<string, readonly Entry[]>> = manifest.contributes.menus;
const entries = Object.values(menus).flat();
/** Submenus for entries of other extensions. VS Code hides them while there are none. */
const forExtensions = new Set(['callboard.entity.plugins']);

it('names only declared commands and submenus, and uses every submenu', () => {
  const known = new Set(commands.map(({ command }) => command));
  expect(entries.filter(({ command }) => command !== undefined && !known.has(command))).toEqual([]);
  const ids = submenus.map(({ id }) => id).sort();
  expect([...new Set(entries.flatMap(({ submenu }) => submenu ?? []))].sort()).toEqual(ids);
  expect(ids.filter(id => !menus[id]?.length && !forExtensions.has(id))).toEqual([]);
});

it('shows one icon per view, and a second one while the view is filtered', () => {
  const icons = new Map(commands.map(({ command, ...others }) => [command, 'icon' in others]));
  for (const { id } of views.callboard) {
    const titles = (menus['view/title'] ?? []).filter(
      ({ when = '', group }) => group?.startsWith('navigation') && when.includes(`view == ${id}`),
    );
    const always = titles.filter(({ when }) => !/&& callboard\.\w+\.filtered/.test(when ?? ''));
    expect(always).toHaveLength(1);
    expect(titles.filter(({ command = '' }) => !icons.get(command))).toEqual([]);
  }
});

it("has few entries in the entity menu and in the catalog's overflow menu", () => {
  const inCatalog = ({ when = '' }: Entry): boolean => when.includes('view == callboard.catalog');
  const ofEntity = (menus['view/item/context'] ?? []).filter(
    entry =>
      inCatalog(entry) &&
      !entry.group?.startsWith('inline') &&
      !forExtensions.has(entry.submenu ?? ''),
  );
  const names = new Set(ofEntity.map(({ command, submenu }) => command ?? submenu));
  // Alternatives: docs or their creation, star or unstar.
  expect(names.size - 2).toBeLessThanOrEqual(14);
  const overflow = (menus['view/title'] ?? []).filter(
    entry => inCatalog(entry) && !entry.group?.startsWith('navigation'),
  );
  expect(overflow.length - 1).toBeLessThanOrEqual(10);
});

it('offers few commands in the palette, and workspace commands only in a workspace', () => {
  const palette = new Map(
    (menus['commandPalette'] ?? []).map(({ command, when }) => [command, when] as const),
  );
  const shown = commands.filter(({ command }) => palette.get(command) !== 'false');
  expect(shown.length).toBeLessThanOrEqual(66);
  const always = shown.filter(({ command }) => !palette.has(command)).map(({ command }) => command);
  expect(always.filter(command => /\.(entity|instances|problems)\./.test(command))).toEqual([]);
});

it('reserves no typing key on a Mac', () => {
  const [search] = keybindings.filter(({ command }) => command === 'callboard.search.find');
  expect(search).toMatchObject({ mac: expect.stringContaining('cmd'), when: expect.any(String) });
});
