import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { StepFailure } from './lib/failure.mjs';
import { formatted } from './lib/formatted.mjs';
import { generateSources } from './lib/generated.mjs';
import { runCommand } from './lib/main.mjs';
import { inProject } from './lib/project.mjs';
import { commandLinePage, commandsPage, settingsPage } from './lib/referencePages.mjs';
import { replacePart, table } from './lib/trustTables.mjs';

/** @type {import('./lib/main.mjs').CommandLine} */
const commandLine = {
  usage:
    'npm run manifest [-- OPTIONS]   (what package.json and reference pages in docs take from code)',
  options: {
    check: {
      type: 'flag',
      help: 'write nothing, and fail where something would have been written',
    },
  },
};

/** Tables of problem codes: a row is a title, as a comment, a code and its severity. */
const REGISTRIES = [
  'src/features/catalog/core/problems/problemSeverities.ts',
  'src/features/techdocs/core/docsSeverities.ts',
  'src/features/apis/core/outline/outline.ts',
  'src/features/plugins/core/declarative/pluginFiles.ts',
  'src/features/backstage/plugin/moved/renameWatch.ts',
];
const DOCUMENT = 'docs/problems.md';
/** Schema of plugins without code, for editors. */
const PLUGIN_SCHEMA = 'media/schemas/plugin.json';

/** @typedef {{ code: string, severity: string, title: string }} ProblemCode */

await runCommand(commandLine, async options => {
  await generateSources();
  const codes = REGISTRIES.flatMap(readCodes);
  const manifest = JSON.parse(read('package.json'));
  describeSeverities(manifest, codes);
  await describeTools(manifest);
  const entries = Object.entries(JSON.parse(read('package.nls.json')));
  const others = entries.filter(([key]) => !key.startsWith('problems.'));
  const titles = codes.map(({ code, title }) => [`problems.${code}`, title]);
  const texts = Object.fromEntries([...others, ...titles]);
  const { commands } = await bundled('src/cli/commands/allCommands.ts');
  const written = {
    'package.json': toJson(manifest),
    'package.nls.json': toJson(texts),
    [DOCUMENT]: await formatted(DOCUMENT, documentWith(codes)),
    [PLUGIN_SCHEMA]: await formatted(PLUGIN_SCHEMA, JSON.stringify(await pluginSchema())),
    'docs/settings.md': await formatted('docs/settings.md', settingsPage(manifest, texts)),
    'docs/commands.md': await formatted('docs/commands.md', commandsPage(manifest, texts)),
    'docs/cli.md': await formatted(
      'docs/cli.md',
      commandLinePage(await bundled('src/cli/options.ts'), commands),
    ),
  };
  const changed = Object.entries(written).filter(([name, text]) => text !== read(name));
  if (options.check && changed.length) {
    throw new StepFailure(`Out of date: ${changed.map(([name]) => name).join(', ')}`, {
      advice: 'Run "npm run manifest" and commit what it changes.',
    });
  }
  for (const [name, text] of changed) writeFileSync(inProject(name), text);
  console.log(`${codes.length} problem codes`);
  return 0;
});

/** @returns {Promise<object>} */
async function pluginSchema() {
  /** @type {typeof import('./lib/pluginJsonSchema')} */
  const { pluginJsonSchema } = await bundled('scripts/lib/pluginJsonSchema.ts');
  return pluginJsonSchema();
}

/**
 * @param {string} path
 * @returns {ProblemCode[]}
 */
function readCodes(path) {
  const rows = read(path).matchAll(/^ {2}\/\*\* (.+) \*\/\n {2}'([a-z-]+)': '(\w+)',$/gm);
  return Array.from(rows, ([, title = '', code = '', severity = '']) => ({
    code,
    severity,
    title,
  }));
}

/**
 * Adds one property per code: otherwise, the editor would complete codes without hovers and defaults.
 *
 * @param {any} manifest
 * @param {readonly ProblemCode[]} codes
 */
function describeSeverities(manifest, codes) {
  const setting = manifest.contributes.configuration
    .map((/** @type {any} */ { properties }) => properties['callboard.problems.severity'])
    .find(Boolean);
  const { enum: severities } = setting.additionalProperties;
  setting.properties = Object.fromEntries(
    codes.map(({ code, severity }) => [
      code,
      { enum: severities, default: severity, description: `%problems.${code}%` },
    ]),
  );
}

/**
 * Adds the tools of agents: descriptions for models, and input schemas.
 *
 * @param {any} manifest
 */
async function describeTools(manifest) {
  /** @type {typeof import('../src/features/agents/core')} */
  const { agentTools, describeTool, pluginToolsTool } = await bundled(
    'src/features/agents/core/index.ts',
  );
  /** @type {any[]} */
  const entries = manifest.contributes.languageModelTools;
  const names = [...agentTools, pluginToolsTool].map(({ name }) => `callboard_${name}`);
  if (entries.map(({ name }) => name).join() !== names.join()) {
    throw new StepFailure(
      `languageModelTools in package.json must be, in this order: ${names.join(', ')}.`,
    );
  }
  for (const [index, tool] of agentTools.entries()) {
    const { description, inputSchema } = await describeTool(tool);
    Object.assign(entries[index], { modelDescription: description, inputSchema });
  }
  const { description, inputSchema } = pluginToolsTool;
  Object.assign(entries[agentTools.length], { modelDescription: description, inputSchema });
}

/**
 * Returns the page with its index, and the severity at the start of each section.
 *
 * @param {readonly ProblemCode[]} codes
 */
function documentWith(codes) {
  const registry = new Map(codes.map(row => [row.code, row]));
  const document = read(DOCUMENT);
  const sections = Array.from(document.matchAll(/^### (.+)$/gm), ([, code = '']) => code);
  const wrong = [
    ...sections.filter(code => !registry.has(code)).map(code => `${code} has no row`),
    ...codes
      .filter(({ code }) => !sections.includes(code))
      .map(({ code }) => `${code} has no section`),
  ];
  if (wrong.length) throw new StepFailure(`${DOCUMENT}: ${wrong.join(', ')}.`);
  const rows = sections.map(code => {
    const { severity = '', title = '' } = registry.get(code) ?? {};
    return [`[${code}](#${code})`, severity, title];
  });
  return replacePart(document, 'index', table(['Code', 'Severity', 'Problem'], rows)).replace(
    /(?<=^### (.+)\n\n)_\w+\._/gm,
    (found, code) =>
      `_${registry.get(code)?.severity.replace(/^./, first => first.toUpperCase())}._`,
  );
}

/**
 * Returns the exports of a TypeScript module.
 *
 * @param {string} path
 * @returns {Promise<any>}
 */
async function bundled(path) {
  const outfile = inProject('out', 'manifest', path.replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [inProject(path)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/**
 * @param {string} name
 * @returns {string} empty if there is no such file
 */
function read(name) {
  return existsSync(inProject(name)) ? readFileSync(inProject(name), 'utf8') : '';
}

/** @param {unknown} value */
function toJson(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
