import { CompletionItemKind, InsertTextFormat, InsertTextMode } from 'vscode-languageserver-types';
import { isMap } from 'yaml';
import {
  basenameUri,
  childUri,
  decodeEscapes,
  dirnameUri,
  isWithin,
  ownValue,
  relativePath,
  translate,
} from '../../../../../base';
import { isDescriptorName } from '../../../../catalog/core/shared';
import { nodeAt, scalarsAt } from '../../documents/cursor';
import type { CompletionItems } from '../../languageProvider';
import { type CompletionPlace, valueEdit } from '../completionPlace';
import { MAX_ITEMS, type OfferedValue, SUGGEST_NEXT, valueItems } from '../valueItems';
import { entriesOf, folderAt, urlSegment } from './folders';

/** The files that a path may lead to, and its encoding. */
interface PathRules {
  readonly accepts: (uri: string) => boolean;
  /** Whether it is a URL with encoded characters, in which `/` is the boundary. */
  readonly isUrl: boolean;
}

/** Completes targets of a Location: descriptor files in any folder, and folders step by step. */
export async function completeTargets(
  place: CompletionPlace,
): Promise<CompletionItems | undefined> {
  const { site, descriptor } = place;
  if (descriptor?.kind !== 'Location' || site.at !== 'value') return undefined;
  const [root, field, index] = site.path;
  const isTarget = field === 'target' && site.path.length === 2;
  const isItem = field === 'targets' && typeof index === 'number' && site.path.length === 3;
  if (root !== 'spec' || !(isTarget || isItem)) return undefined;
  // Absolute paths are valid on one machine only.
  if (site.prefix.startsWith('/')) return undefined;
  const { catalog } = place.request.context;
  const files = new Set(catalog.files());
  const listed = new Set(
    scalarsAt(site.placed, ['spec', 'targets'])
      .filter(({ scalar }) => scalar.end < site.start || scalar.start > site.end)
      .map(({ scalar }) => scalar.value),
  );
  const rules: PathRules = {
    accepts: uri => files.has(uri) || isDescriptorName(basenameUri(uri)),
    isUrl: false,
  };
  const near = filesAround(place, files);
  const steps = await stepsFrom(place, rules);
  return valueItems(
    place,
    [...near, ...steps].filter(({ value }) => !listed.has(value)),
  );
}

const MAX_UP = 3;

/** Returns relative paths to files, those in subfolders first. */
function filesAround({ request }: CompletionPlace, files: Iterable<string>): OfferedValue[] {
  const { text, context } = request;
  const boundary = context.boundaryOf(text.uri);
  const ancestors = [dirnameUri(text.uri)];
  for (let up = 0; up < MAX_UP && ancestors[up] !== boundary; up++) {
    const parent = dirnameUri(ancestors[up] ?? boundary);
    if (isWithin(boundary, parent)) ancestors.push(parent);
  }
  const found: { path: string; distance: number }[] = [];
  for (const file of files) {
    const up = ancestors.findIndex(ancestor => isWithin(ancestor, file));
    const ancestor = ancestors[up];
    if (ancestor === undefined || file === text.uri) continue;
    const path = `${'../'.repeat(up) || './'}${relativePath(ancestor, file) ?? ''}`;
    found.push({ path, distance: up * 10 + path.split('/').length });
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.path < b.path ? -1 : 1))
    .map(({ path }) => ({ value: path, kind: CompletionItemKind.File }));
}

const YAML = /\.ya?ml$/i;
const YAML_OR_JSON = /\.(?:ya?ml|json)$/i;

/** Backstage's placeholders and the files that they read. */
const PLACEHOLDERS = {
  $text: { files: /./, about: 'Text of a file or URL' },
  $json: { files: /\.json$/i, about: 'Content of a JSON file or URL' },
  $yaml: { files: YAML, about: 'Content of a YAML file or URL' },
  $openapi: { files: YAML_OR_JSON, about: 'OpenAPI definition with bundled references' },
  $asyncapi: { files: YAML_OR_JSON, about: 'AsyncAPI definition with bundled references' },
} as const;

/** Completes paths of placeholders, step by step. */
export async function completePlaceholderPaths(
  place: CompletionPlace,
): Promise<CompletionItems | undefined> {
  const { site, descriptor, request } = place;
  const key = site.path.at(-1);
  if (!descriptor || site.at !== 'value') return undefined;
  if (typeof key !== 'string' || !key.startsWith('$') || site.path.length < 2) return undefined;
  const files = ownValue<{ files: RegExp }>(PLACEHOLDERS, key)?.files;
  const steps = await stepsFrom(place, {
    accepts: uri => uri !== request.text.uri && (files?.test(basenameUri(uri)) ?? true),
    isUrl: true,
  });
  return valueItems(place, steps);
}

/** Completes placeholders: in a definition, and after a typed `$`. */
export function completePlaceholders(place: CompletionPlace): CompletionItems | undefined {
  const { site, descriptor } = place;
  if (!descriptor || site.path[0] !== 'spec') return undefined;
  const isDefinition = site.path.length === 2 && site.path[1] === 'definition';
  const isTyped = site.prefix.startsWith('$') && site.path.length > 1;
  if (!(isDefinition || isTyped) || site.quote || site.isFlow) return undefined;
  if (typeof site.path.at(-1) === 'number') return undefined;
  // A placeholder is the only key of its map.
  const node = nodeAt(site.placed, site.path);
  if (site.at === 'key' && isMap(node) && node.items.length > (site.prefix ? 1 : 0))
    return undefined;
  // At a key, it is inserted in place; at a value, on the next line.
  const before = site.at === 'key' ? '' : `\n${' '.repeat(site.indent + 2)}`;
  return valueItems(
    place,
    Object.entries(PLACEHOLDERS).map(([value, { about }]): OfferedValue => ({
      value,
      detail: translate(about),
      kind: CompletionItemKind.Keyword,
      changes: {
        newText: `${before}\\${value}: ./$0`,
        insertTextFormat: InsertTextFormat.Snippet,
        insertTextMode: InsertTextMode.asIs,
        command: SUGGEST_NEXT,
      },
    })),
  );
}

/** Returns the entries of the folder that the path leads to so far. */
async function stepsFrom(
  place: CompletionPlace,
  { accepts, isUrl }: PathRules,
): Promise<readonly OfferedValue[]> {
  const { request, site } = place;
  const { context, text } = request;
  const slash = site.prefix.lastIndexOf('/');
  const walked = site.prefix.slice(0, slash + 1);
  if (/^[A-Za-z][\w+.-]*:/.test(walked) || walked.startsWith('//')) return [];
  const from = walked.startsWith('/') ? context.boundaryOf(text.uri) : dirnameUri(text.uri);
  const folder = await folderAt(request, from, isUrl ? decodeEscapes(walked) : walked);
  if (folder === undefined) return [];
  const start = walked === '' ? './' : walked;
  const entries = await entriesOf(context.files, folder);
  return entries
    .filter(({ type, name }) => type === 'directory' || accepts(childUri(folder, name)))
    .sort((a, b) => (a.type === b.type ? (a.name < b.name ? -1 : 1) : a.type === 'file' ? -1 : 1))
    .slice(0, MAX_ITEMS)
    .map(({ name, type }): OfferedValue => {
      const written = isUrl ? urlSegment(name) : name;
      if (type !== 'directory')
        return { value: `${start}${written}`, kind: CompletionItemKind.File };
      const value = `${start}${written}/`;
      return {
        value,
        kind: CompletionItemKind.Folder,
        changes: { newText: valueEdit(place, value).newText, command: SUGGEST_NEXT },
      };
    });
}
