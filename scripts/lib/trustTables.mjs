/**
 * @typedef {import('./effectPlaces.mjs').EffectPlace} EffectPlace
 * @typedef {import('../trust/effects.mjs').EffectRow} EffectRow
 * @typedef {{ scope: string }} Setting
 * @typedef {{ trusted: readonly string[], user: readonly string[] }} GuardedSettings by who has the last word on them
 */

/**
 * Returns the table of settings.
 *
 * @param {Readonly<Record<string, Setting>>} settings of the manifest
 * @param {GuardedSettings} guarded
 * @param {Readonly<Record<string, string>>} reasons
 * @returns {{ text: string, problems: string[] }}
 */
export function settingsTable(settings, guarded, reasons) {
  const keys = [...new Set([...Object.keys(settings), ...guarded.trusted, ...guarded.user])].sort();
  const problems = [
    ...keys
      .filter(key => !reasons[key])
      .map(key => `${key} has no reason in scripts/trust/settings.mjs.`),
    ...Object.keys(reasons)
      .filter(key => !keys.includes(key))
      .map(key => `scripts/trust/settings.mjs has a reason for ${key}, which is no setting.`),
  ];
  const rows = keys.map(key => {
    const setBy = guarded.user.includes(key)
      ? 'the user alone'
      : guarded.trusted.includes(key)
        ? 'a trusted workspace'
        : 'any workspace';
    return [`\`${key}\``, settings[key]?.scope ?? 'of VS Code', setBy, reasons[key] ?? ''];
  });
  return { text: table(['Setting', 'Scope', 'Set by', 'Why'], rows), problems };
}

/** Places that connect the window to Node and to browsers, and the files with their types. */
const adapters =
  /\/vscode\/(?:desktop|web)\/|^src\/(?:platform\/vscode\/platform|features\/(?:scaffolder\/vscode\/scaffolder|sources\/vscode\/source|techdocs\/vscode\/docs)Tools)\.ts$/;

const titles = /** @type {const} */ ([
  ['read', 'Reads beyond the workspace'],
  ['process', 'Processes and threads'],
  ['network', 'Other machines'],
  ['write', 'Writes'],
]);

/**
 * Returns the tables of effects and their errors: places in the code without a row, rows without a place, and guards
 * and tests that don't exist.
 *
 * @param {object} found
 * @param {readonly EffectRow[]} found.rows
 * @param {readonly EffectPlace[]} found.places
 * @param {readonly string[]} found.effects what `mayCause` knows
 * @param {readonly string[]} found.guardedSettings
 * @param {ReadonlyMap<string, string>} found.texts of the files that cause effects in the window, by their paths
 * @param {(path: string) => string | undefined} found.read text of a file; undefined if there is none
 * @returns {{ text: string, problems: string[] }}
 */
export function effectTables({ rows, places, effects, guardedSettings, texts, read }) {
  /** @type {string[]} */
  const problems = [];
  const asked = askedEffects(texts.values());
  for (const { kind, file, names } of places) {
    if (!rows.some(row => row.kind === kind && row.places.includes(file))) {
      problems.push(`${file} (${names.join(', ')}) has no row of kind "${kind}".`);
    }
  }
  for (const row of rows) {
    const report = (/** @type {string} */ what) => problems.push(`"${row.what}": ${what}`);
    for (const file of row.places) {
      if (!places.some(place => place.kind === row.kind && place.file === file)) {
        report(`${file} has no such effect.`);
      }
    }
    if (row.kind !== 'read' && row.places.length === 0) report('it has no place.');
    const { path, text } = guardOf(row);
    if (!text || !read(path)?.includes(text)) report(`there is no ${text} in ${path}.`);
    if (row.by.includes('a trusted workspace') && !row.effect && !row.settings?.length) {
      report('nothing withholds it from untrusted workspaces.');
    }
    for (const key of row.settings ?? []) {
      if (!guardedSettings.includes(key)) report(`${key} is no guarded setting.`);
    }
    for (const entry of row.entries ?? []) {
      for (const [file, text] of texts) {
        const isUsed = !adapters.test(file) && new RegExp(`\\b${entry}\\b`).test(text);
        if (isUsed && !askedEffects([text]).includes(row.effect)) {
          report(`${file} uses ${entry} without asking mayCause('${row.effect}').`);
        }
      }
    }
    if (row.tests.length === 0) report('it has no test.');
    for (const test of row.tests) {
      if (!/\.test\.ts$/.test(test) || read(test) === undefined) report(`${test} is no test.`);
    }
  }
  for (const effect of effects) {
    if (!rows.some(row => row.effect === effect)) problems.push(`"${effect}" has no row.`);
    if (!asked.includes(effect)) problems.push(`Nothing asks mayCause('${effect}').`);
  }
  const text = titles
    .map(([kind, title]) => {
      const cells = rows
        .filter(row => row.kind === kind)
        .map(row => [
          row.what,
          row.by.join(', '),
          guardCell(row),
          row.tests.map(shortName).join(', '),
          row.places.map(shortName).join(', '),
        ]);
      const head = ['What', 'Caused by', 'Guard', 'Tests', 'Places'];
      return `### ${title}\n\n${table(head, cells)}`;
    })
    .join('\n\n');
  return { text, problems };
}

/**
 * Returns the table of bundled packages.
 *
 * @param {readonly import('./libraryEffects.mjs').LibraryEffects[]} libraries
 * @param {Readonly<Record<string, string>>} reasons
 * @returns {{ text: string, problems: string[] }}
 */
export function librariesTable(libraries, reasons) {
  const rows = libraries.map(({ name, uses }) => [
    `\`${name}\``,
    uses.map(use => `\`${use}\``).join(', '),
    reasons[name] ?? '',
  ]);
  const problems = [
    ...libraries
      .filter(({ name }) => !reasons[name])
      .map(
        ({ name, uses }) =>
          `${name} (${uses.join(', ')}) has no row in scripts/trust/libraries.mjs.`,
      ),
    ...Object.keys(reasons)
      .filter(name => !libraries.some(library => library.name === name))
      .map(name => `scripts/trust/libraries.mjs has a row for ${name}, which has no effects.`),
  ];
  return { text: table(['Package', 'Could use', 'Does'], rows), problems };
}

/** Returns the effects in calls of `mayCause`. @param {Iterable<string>} texts */
function askedEffects(texts) {
  const asked = new Set();
  for (const text of texts) {
    for (const [, effect] of text.matchAll(/\bmayCause\('(\w+)'\)/g)) asked.add(effect);
  }
  return [...asked];
}

/**
 * Replaces the text between the two comments that mark a generated part.
 *
 * @param {string} document @param {string} name @param {string} text
 */
export function replacePart(document, name, text) {
  const begin = `\n<!-- ${name}: npm run `;
  const [from, to] = [document.indexOf(begin), document.indexOf(`<!-- end of ${name} -->`)];
  if (from === -1 || to < from) throw new Error(`The document has no part "${name}".`);
  const start = document.indexOf('\n', from + begin.length);
  return `${document.slice(0, start)}\n\n${text}\n\n${document.slice(to)}`;
}

/** @param {EffectRow} row */
function guardOf({ guard }) {
  const at = guard.indexOf('#');
  return { path: guard.slice(0, at), text: at === -1 ? '' : guard.slice(at + 1) };
}

/** @param {EffectRow} row */
function guardCell(row) {
  const { path, text } = guardOf(row);
  const guards = [
    ...(row.effect ? [`\`mayCause('${row.effect}')\``] : []),
    ...(row.settings ?? []).map(key => `\`${key}\``),
    `\`${text}\` in ${shortName(path)}`,
  ];
  return guards.join('; ');
}

/** @param {string} path */
function shortName(path) {
  return `\`${path.replace(/^(src|test)\//, '')}\``;
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
