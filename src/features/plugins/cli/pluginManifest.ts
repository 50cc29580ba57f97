import { type Node as JsonNode, findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { childUri, EMPTY_RANGE, isRecord, isWithin, joinUri, LineIndex } from '../../../base';
import type { Problem, Severity } from '../../../model';
import { fileReason } from '../../../platform/core/files';
import type { FileSystem } from '../../../platform/core/ports';

/** A plugin's package.json. */
export interface PluginManifest {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

const CODE = 'invalid-plugin';

/** The extension that plugins depend on. */
const CALLBOARD = 'callboard.callboard';

/** A rule for a field of the manifest, or for the whole manifest if `path` is empty. */
interface Rule {
  readonly path: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  isBroken(fields: Readonly<Record<string, unknown>>): boolean;
}

const RULES: readonly Rule[] = [
  {
    path: ['name'],
    severity: 'error',
    message: 'name must be lowercase letters, digits and hyphens',
    isBroken: ({ name }) => !matches(name, /^[a-z0-9][a-z0-9-]*$/),
  },
  {
    path: ['publisher'],
    severity: 'error',
    message: 'publisher must be the id of a publisher: letters, digits and hyphens',
    isBroken: ({ publisher }) => !matches(publisher, /^[a-z0-9][a-z0-9-]*$/i),
  },
  {
    path: ['version'],
    severity: 'error',
    message: 'version must be a version such as 1.0.0',
    isBroken: ({ version }) => !matches(version, /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/),
  },
  {
    path: ['engines', 'vscode'],
    severity: 'error',
    message: 'engines.vscode must be the oldest VS Code that the plugin runs in, such as ^1.101.0',
    isBroken: ({ engines }) =>
      !isRecord(engines) || !matches(engines['vscode'], /^(?:\*|[~^>=]*\d+\.\d+\.\w+)$/),
  },
  {
    path: [],
    severity: 'error',
    message: 'A plugin needs main or browser, or contributes.callboard',
    isBroken: ({ main, browser, contributes }) =>
      main === undefined &&
      browser === undefined &&
      !(isRecord(contributes) && isRecord(contributes['callboard'])),
  },
  {
    path: ['extensionDependencies'],
    severity: 'error',
    message: `extensionDependencies must contain "${CALLBOARD}", so that Callboard is activated first`,
    isBroken: ({ extensionDependencies }) =>
      !Array.isArray(extensionDependencies) || !extensionDependencies.includes(CALLBOARD),
  },
  {
    path: ['activationEvents'],
    severity: 'warning',
    message:
      'Without activationEvents, VS Code never activates the plugin. Use ["onStartupFinished"]',
    isBroken: ({ main, browser, activationEvents, contributes }) =>
      (main !== undefined || browser !== undefined) &&
      !(Array.isArray(activationEvents) && activationEvents.length) &&
      !isRecord(contributes),
  },
  {
    path: ['capabilities', 'untrustedWorkspaces'],
    severity: 'info',
    message: 'Without capabilities.untrustedWorkspaces, VS Code disables it in Restricted Mode',
    isBroken: ({ main, capabilities }) =>
      main !== undefined &&
      !(isRecord(capabilities) && isRecord(capabilities['untrustedWorkspaces'])),
  },
  {
    path: ['dependencies'],
    severity: 'warning',
    message: 'Packages in dependencies are not packed. Bundle them, and use devDependencies',
    isBroken: ({ dependencies }) => isRecord(dependencies) && Object.keys(dependencies).length > 0,
  },
];

/** Fields that name a file, and what to do if it is missing. */
const FILES: readonly { readonly field: string; readonly advice: string }[] = [
  { field: 'main', advice: 'Build the plugin first' },
  { field: 'browser', advice: 'Build the plugin first' },
  { field: 'icon', advice: 'Add a PNG file' },
];

/**
 * Reads and checks a plugin's package.json.
 *
 * @param folder - URI of the plugin
 */
export async function readPluginManifest(
  folder: string,
  fileSystem: FileSystem,
): Promise<PluginManifest> {
  const file = childUri(folder, 'package.json');
  const problemAt = (
    { severity, message }: Pick<Rule, 'severity' | 'message'>,
    range = EMPTY_RANGE,
  ): Problem => ({ code: CODE, severity, message, file, document: 0, range });
  const fail = (message: string): PluginManifest => ({
    fields: {},
    problems: [problemAt({ severity: 'error', message })],
  });
  let text: string;
  try {
    text = new TextDecoder().decode(await fileSystem.readFile(file));
    JSON.parse(text);
  } catch (error) {
    return fail(`Can't read package.json: ${fileReason(error)}`);
  }
  const tree = parseTree(text);
  const fields: unknown = tree && getNodeValue(tree);
  if (!tree || !isRecord(fields)) return fail('package.json must be an object');
  const index = new LineIndex(text);
  /** The place of a field, or of the nearest field around it. */
  const rangeOf = (path: readonly string[]): Problem['range'] => {
    const node = nearestNode(tree, path);
    return node ? index.rangeAt(node.offset, node.offset + node.length) : EMPTY_RANGE;
  };
  const problems = RULES.filter(rule => rule.isBroken(fields)).map(rule =>
    problemAt(rule, rangeOf(rule.path)),
  );
  for (const { field, advice } of FILES) {
    const path = fields[field];
    if (path === undefined) continue;
    if (typeof path === 'string' && (await hasFile(folder, path, fileSystem))) continue;
    const message = `${field} names no file of the plugin: ${JSON.stringify(path)}. ${advice}`;
    problems.push(problemAt({ severity: 'error', message }, rangeOf([field])));
  }
  return { fields, problems };
}

function nearestNode(tree: JsonNode, path: readonly string[]): JsonNode | undefined {
  for (let { length } = path; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node;
  }
  return undefined;
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && value.length < 200 && pattern.test(value);
}

/** VS Code adds `.js` to the path of a module without an extension. */
async function hasFile(folder: string, path: string, fileSystem: FileSystem): Promise<boolean> {
  for (const candidate of [path, `${path}.js`]) {
    const uri = joinUri(folder, candidate);
    if (isWithin(folder, uri) && (await fileSystem.stat(uri))?.type === 'file') return true;
  }
  return false;
}
