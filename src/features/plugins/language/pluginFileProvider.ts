import { isScalar } from 'yaml';
import { dirnameUri, EMPTY_RANGE, isRecord, joinUri } from '../../../base';
import {
  cursorAt,
  type FieldPath,
  type LanguageContext,
  type LanguageProvider,
  nodeAt,
  writtenScalar,
  type YamlText,
} from '../../authoring/language';
import { CONFIG_PATH, PLUGIN_PATHS } from '../core';

/** Places of paths in the declaration of a plugin; `*` is any index. */
const PATH_FIELDS: readonly FieldPath[] = [
  ['model', '*'],
  ['checks', '*'],
  ['templates', '*'],
  ['skills', '*'],
  ['actions', '*', 'schema'],
  ['search', '*', 'files'],
];

/** Leads from paths in `.callboard/plugin.yaml` and `.callboard/config.yaml` to their files. */
export const pluginFileProvider: LanguageProvider = {
  async links({ context, text }) {
    const links = await Promise.all(
      pathsIn(text).map(async path => {
        const scalar = scalarAt(text, path);
        const target = scalar && (await targetOf(text.uri, path, scalar.value, context));
        if (!scalar || target === undefined) return [];
        return [{ range: text.rangeAt(scalar.start, scalar.end), target }];
      }),
    );
    return links.flat();
  },

  async definition({ context, text, offset }) {
    const cursor = rootOf(text.uri) === undefined ? undefined : cursorAt(text, offset);
    if (cursor?.at !== 'value') return [];
    const { path, scalar } = cursor;
    const target = await targetOf(text.uri, path, scalar.value, context);
    if (target === undefined) return [];
    return [
      {
        originSelectionRange: text.rangeAt(scalar.start, scalar.end),
        targetUri: target,
        targetRange: EMPTY_RANGE,
        targetSelectionRange: EMPTY_RANGE,
      },
    ];
  },
};

/** Returns the folder that paths of a file are relative to; undefined for other files. */
function rootOf(uri: string): string | undefined {
  const root = dirnameUri(dirnameUri(uri));
  return [...PLUGIN_PATHS, CONFIG_PATH].some(path => joinUri(root, path) === uri)
    ? root
    : undefined;
}

function isConfig(uri: string): boolean {
  return joinUri(dirnameUri(dirnameUri(uri)), CONFIG_PATH) === uri;
}

/** Returns the places of paths that are written in a file. */
function pathsIn(text: YamlText): readonly FieldPath[] {
  const value = rootOf(text.uri) === undefined ? undefined : text.parts[0]?.part.value;
  if (!isRecord(value)) return [];
  const keys = isConfig(text.uri) ? ['plugins'] : Object.keys(value);
  return keys.flatMap(key => {
    const items: unknown = value[key];
    if (!Array.isArray(items)) return [];
    const fields = isConfig(text.uri) ? [['plugins', '*']] : PATH_FIELDS;
    return fields
      .filter(([first]) => first === key)
      .flatMap(([, , ...rest]) => items.map((_, index) => [key, index, ...rest]));
  });
}

function scalarAt(text: YamlText, path: FieldPath) {
  const [placed] = text.parts;
  const node = placed && nodeAt(placed, path);
  return placed && isScalar(node) && node.range ? writtenScalar(placed, node) : undefined;
}

/** Returns the URI of the file that a value leads to, if it exists. */
async function targetOf(
  uri: string,
  path: FieldPath,
  value: string,
  { files }: Pick<LanguageContext, 'files'>,
): Promise<string | undefined> {
  const root = rootOf(uri);
  if (root === undefined || value === '' || value.split('/').includes('..')) return undefined;
  const isFile = async (file: string): Promise<boolean> => {
    const stat = await files.stat(file).catch(() => undefined);
    return stat?.type === 'file';
  };
  if (isConfig(uri)) {
    if (path[0] !== 'plugins' || path.length !== 2) return undefined;
    const folder = joinUri(root, value.startsWith('.') ? value : `node_modules/${value}`);
    const names = ['plugin.yaml', 'plugin.yml', 'plugin.json', ...PLUGIN_PATHS, 'package.json'];
    for (const name of names) {
      const file = joinUri(folder, name);
      if (await isFile(file)) return file;
    }
    return undefined;
  }
  const isPath = PATH_FIELDS.some(
    field =>
      field.length === path.length &&
      field.every((step, index) => step === '*' || step === path[index]),
  );
  const target = joinUri(root, value);
  return isPath && (await isFile(target)) ? target : undefined;
}
