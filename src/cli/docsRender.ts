import { dirname, resolve } from 'node:path';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import {
  type ExtensionConfig,
  loadHighlighter,
  MarkdownEngine,
  type ReadInclude,
  techdocsCoreExtensions,
  techdocsExtensions,
} from '../core/techdocs';
import { decodeText, readWithin } from '../core/files';
import type { FileSystem } from '../core/ports';
import { pathToFileUri } from '../node';
import { exitCodes, type RunCommand, UsageError } from './command';
import { printable } from './style';

/** Files that a page includes can be so large, in bytes. */
const maxIncludeSize = 1_000_000;

/** `callboard docs render`: the HTML of one page. */
export const runDocsRender: RunCommand = async ({ positionals }, context) => {
  const { terminal, fileSystem, cwd } = context;
  const [file] = positionals;
  if (file === undefined) throw new UsageError('docs render needs a page: docs render FILE.md');
  const path = resolve(cwd, file);
  const stat = await fileSystem.stat(pathToFileUri(path));
  if (stat?.type !== 'file') {
    throw new UsageError(stat ? `${file} is not a file` : `There is no file ${file}`);
  }
  const text = decodeText(await fileSystem.readFile(pathToFileUri(path)));
  const site = await findSite(dirname(path), fileSystem);
  const read = includesBelow(site?.folder ?? dirname(path), fileSystem);
  const extensions = site?.extensions ?? techdocsCoreExtensions;

  // The languages of a page are known once it was read.
  const { languages } = await new MarkdownEngine({ extensions }).renderWithIncludes(text, read);
  const highlight = await loadHighlighter(languages);
  const engine = new MarkdownEngine({ extensions, highlight });
  const page = await engine.renderWithIncludes(text, read);

  for (const name of engine.unknownExtensions) {
    terminal.writeError(printable(`${file}: the extension ${name} is not known; it is left out`));
  }
  for (const { message, range } of page.problems) {
    terminal.writeError(printable(`${file}:${range.start.line + 1}: ${message}`));
  }
  terminal.write(`${page.html}\n`);
  return exitCodes.ok;
};

interface Site {
  readonly folder: string;
  readonly extensions: ExtensionConfig;
}

/** The nearest mkdocs.yml above a folder. */
async function findSite(folder: string, fileSystem: FileSystem): Promise<Site | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of ['mkdocs.yml', 'mkdocs.yaml']) {
      const uri = pathToFileUri(resolve(at, name));
      if ((await fileSystem.stat(uri))?.type !== 'file') continue;
      const config = readExtensions(decodeText(await fileSystem.readFile(uri)));
      return { folder: at, extensions: techdocsExtensions(config) };
    }
    if (dirname(at) === at) return undefined;
  }
}

/** `markdown_extensions`, as a list of names and of names with options; other forms are left out. */
function readExtensions(text: string): ExtensionConfig {
  const document = parseDocument(text, { logLevel: 'silent' });
  const list = document.get('markdown_extensions', true);
  const config: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const item of isSeq(list) ? list.items : []) {
    if (isScalar(item)) config[String(item.value)] = {};
    else if (isMap(item)) {
      for (const { key, value } of item.items) {
        const name = isScalar(key) ? String(key.value) : '';
        const options = plainValue(value);
        if (name !== '') config[name] = isRecord(options) ? options : {};
      }
    }
  }
  return config;
}

const pythonName = 'tag:yaml.org,2002:python/name:';

/** A value of the config; what names something of Python is that name. */
function plainValue(node: unknown): unknown {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({ key, value }) => [
        isScalar(key) ? String(key.value) : '',
        plainValue(value),
      ]),
    );
  }
  if (isSeq(node)) return node.items.map(plainValue);
  if (!isScalar(node)) return undefined;
  const tag = node.tag ?? '';
  return tag.startsWith(pythonName) ? tag.slice(pythonName.length) : node.value;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function includesBelow(folder: string, fileSystem: FileSystem): ReadInclude {
  return async path => {
    const found = await readWithin(fileSystem, {
      uri: pathToFileUri(resolve(folder, path)),
      boundary: pathToFileUri(folder),
      maxSize: maxIncludeSize,
    });
    return found.type === 'text' ? found.text : undefined;
  };
}
