import { isMap, isScalar } from 'yaml';
import { dirnameUri, isRecord, isWithin, relativePath } from '../../../../base';
import { type LanguageContext, nodeAt, readText, type YamlText } from '../../../authoring/language';
import { resolveReference } from '../../../catalog/core/locations';
import {
  type ActionRegistry,
  type FieldPath,
  type SkeletonRendering,
  skeletonRenderingOf,
  rendersFile,
  isAllParameters,
  type PassedNames,
  passedNames,
  type Span,
} from '../../core';
import { filesAt, type SourceTarget, sourceTargetsIn } from '../sourceTargets';
import { type TemplateDocument, templateDocument } from '../templateDocument';
import { keySpan } from '../templateSymbols';

/** A step that renders files of a skeleton, and its values. */
export interface SkeletonUse extends Omit<SkeletonRendering, 'values'>, PassedNames {
  /** File of the Template, and its document. */
  readonly text: YamlText;
  readonly document: TemplateDocument;
  /** URI of the fetched folder or file. */
  readonly root: string;
  /** Values that are written in the step. */
  readonly values: readonly SkeletonValue[];
}

export interface SkeletonValue {
  readonly name: string;
  /** Path of its entry in `values`. */
  readonly path: FieldPath;
  /** Span of its name in the Template. */
  readonly span: Span;
  readonly value: unknown;
}

/** Maximum number of Templates to search for a file, the nearest first. */
const MAX_TEMPLATES = 50;

/** Maximum number of files in a skeleton. */
const MAX_FILES = 300;

/** Finds the steps that render files of skeletons. */
export class SkeletonUses {
  readonly #actions: () => ActionRegistry;
  /** Cached files of Templates that are not open. */
  readonly #read = new Map<string, ReadFile>();
  readonly #uses = new WeakMap<
    YamlText,
    { readonly actions: ActionRegistry; readonly found: readonly SkeletonUse[] }
  >();

  constructor(actions: () => ActionRegistry) {
    this.#actions = actions;
  }

  /** Steps that render a file, from the Templates in the catalog. */
  async usesOf(
    uri: string,
    context: LanguageContext,
    signal: AbortSignal,
  ): Promise<readonly SkeletonUse[]> {
    // A file with unchanged entities has unchanged targets, so most files need not be read.
    const files = nearestTemplates(uri, context).filter(file => {
      const known = this.#known(file, context);
      return !known || mayRender(uri, known, context);
    });
    const texts = await Promise.all(files.map(file => this.#textOf(file, context)));
    if (signal.aborted) return [];
    return texts.flatMap(text =>
      text && mayRender(uri, text, context)
        ? this.#usesOf(text, context).filter(use => isRendered(uri, use))
        : [],
    );
  }

  /** URIs of existing files that Templates in the catalog render. */
  async renderedFiles(context: LanguageContext, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const file of templateFiles(context)) {
      const text = await this.#textOf(file, context);
      for (const use of text ? this.#usesOf(text, context) : []) {
        for (const uri of await filesAt(use.root, context, signal, MAX_FILES)) {
          if (isRendered(uri, use)) found.add(uri);
        }
      }
      if (signal.aborted) break;
    }
    return found;
  }

  /** Steps of the Templates in a file that render skeletons. */
  usesIn(text: YamlText, context: LanguageContext): readonly SkeletonUse[] {
    return text.parts.flatMap(placed => {
      const document = templateDocument(placed, this.#actions());
      const targets = document ? sourceTargetsIn(document, text, context) : [];
      return targets.flatMap(target => (document && useOf(target, document, text)) ?? []);
    });
  }

  /** A cached file, if its entities in the catalog are unchanged. */
  #known(file: string, context: LanguageContext): YamlText | undefined {
    const read = context.openText(file) ? undefined : this.#read.get(file);
    return read?.entities === context.catalog.entitiesInFile(file) ? read.text : undefined;
  }

  /** Text of a file in its editor, or else on disk. */
  async #textOf(file: string, context: LanguageContext): Promise<YamlText | undefined> {
    const open = context.openText(file);
    if (open) return open;
    const entities = context.catalog.entitiesInFile(file);
    const stamp = await stampOf(file, context);
    const known = this.#read.get(file);
    const isSame = stamp !== undefined && known?.stamp === stamp;
    const text = isSame ? known.text : stamp && (await readText(file, context, known?.text));
    if (text && stamp !== undefined) this.#read.set(file, { text, stamp, entities });
    else this.#read.delete(file);
    return text || undefined;
  }

  #usesOf(text: YamlText, context: LanguageContext): readonly SkeletonUse[] {
    const actions = this.#actions();
    const known = this.#uses.get(text);
    if (known?.actions === actions) return known.found;
    const found = this.usesIn(text, context);
    this.#uses.set(text, { actions, found });
    return found;
  }
}

interface ReadFile {
  readonly text: YamlText;
  readonly stamp: string;
  /** Identity of its entities in the catalog. */
  readonly entities: unknown;
}

/** Quick check whether the Templates in a file may render another file. */
function mayRender(uri: string, text: YamlText, context: LanguageContext): boolean {
  let folders = foldersOfTexts.get(text);
  if (!folders) foldersOfTexts.set(text, (folders = foldersIn(text, context)));
  return folders.some(folder => isWithin(folder, uri));
}

const foldersOfTexts = new WeakMap<YamlText, readonly string[]>();

/** The `url` key in YAML, with the rest of its line. */
const URL_KEY = /\burl["']?[ \t]*:[ \t]*(["']?)(.*)|\?[ \t]+["']?url\b/g;

/** Folders that the `url`s in a text may point to. The whole boundary if one isn't plain text. */
function foldersIn({ uri: base, text }: YamlText, context: LanguageContext): readonly string[] {
  const boundary = context.boundaryOf(base);
  const folders = Array.from(text.matchAll(URL_KEY), ([, quote, value]) => {
    const isPlain = value && !/[\\%]/.test(value) && (quote || !/^[|>&*!#]/.test(value));
    if (!isPlain) return boundary;
    const [path = ''] = /^[\w./-]*/.exec(value) ?? [];
    const folder = path.slice(0, path.lastIndexOf('/') + 1) || './';
    const resolved = resolveReference(folder, { base, boundary });
    return resolved.type === 'local' ? resolved.uri : boundary;
  });
  return [...new Set(folders)];
}

/** Changes with the content of the file. Undefined if it doesn't exist. */
async function stampOf(uri: string, { files }: LanguageContext): Promise<string | undefined> {
  try {
    const stat = await files.stat(uri);
    return stat && `${stat.mtime}:${stat.size}`;
  } catch {
    // Gone or unreadable, which is reported when it is read.
    return undefined;
  }
}

/** URIs of files with Templates, those in folders above first. */
function nearestTemplates(uri: string, context: LanguageContext): readonly string[] {
  const files = templateFiles(context);
  files.delete(uri);
  return [...files]
    .map(file => ({
      file,
      near: commonLength(file, uri) + (isWithin(dirnameUri(file), uri) ? 1e6 : 0),
    }))
    .sort((a, b) => b.near - a.near)
    .slice(0, MAX_TEMPLATES)
    .map(({ file }) => file);
}

function templateFiles({ catalog }: LanguageContext): Set<string> {
  return new Set([...catalog.entities('Template')].flatMap(({ file }) => file ?? []));
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.charAt(length) === b.charAt(length)) length++;
  return length;
}

function useOf(
  { step, uri: root }: SourceTarget,
  document: TemplateDocument,
  text: YamlText,
): readonly SkeletonUse[] {
  const filling = skeletonRenderingOf(step);
  // A folder that contains the Template is not only a skeleton.
  if (!filling || isWithin(root, text.uri)) return [];
  const path: FieldPath = [...step.path, 'input', 'values'];
  const values = valuesAt(document, text, { path, value: filling.values });
  const passed = passedNames(filling.values, document.model);
  return [{ ...filling, ...passed, text, document, root, values }];
}

function valuesAt(
  document: TemplateDocument,
  text: YamlText,
  { path, value }: { path: FieldPath; value: unknown },
): readonly SkeletonValue[] {
  if (isAllParameters(value)) {
    return [...document.model.parameters.named.values()].flatMap(
      ({ name, definitions: [definition] }): SkeletonValue[] => {
        const span = definition && keySpan(document, text, definition.path);
        return span
          ? [{ name, path: definition.path, span, value: `\${{ parameters.${name} }}` }]
          : [];
      },
    );
  }
  const node = nodeAt(document.placed, path);
  if (!isRecord(value) || !isMap(node)) return [];
  return node.items.flatMap(({ key }): SkeletonValue[] => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    const span = keySpan(document, text, [...path, name]);
    return span ? [{ name, path: [...path, name], span, value: value[name] }] : [];
  });
}

/** Whether a step renders a file instead of copying it. */
export function isRendered(uri: string, { root, step }: SkeletonUse): boolean {
  const path = uri === root ? '' : relativePath(root, uri);
  return path !== undefined && rendersFile(step, path);
}
