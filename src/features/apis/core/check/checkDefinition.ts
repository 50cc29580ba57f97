import type { Translate } from '../../../../base';
import { runInSlices } from '../../../../platform/core';
import type { PlacedDocument } from '../document/composeSlices';
import {
  child,
  entriesOf,
  itemsOf,
  type PlacedNode,
  resolve,
  textAt,
} from '../document/placedNode';
import { readDocument } from '../document/readJson';
import { codeOutliner } from '../formats/codeFormats';
import { type DefinitionProblem, ItemBudget } from '../outline/outline';
import { schemaFor } from '../validation/specificationSchema';
import { validateNode } from '../validation/validateNode';
import { type DefinitionText, isSurelyValid } from './isSurelyValid';

const MOST_REFERENCES = 50;
export const MOST_PROBLEMS = 200;

/** The maximum size in code units. Larger definitions are shown, but not parsed. */
export const MAX_SIZE = 5_000_000;

export interface DefinitionCheckOptions {
  readonly translate: Translate;
  readonly signal?: AbortSignal | undefined;
  /** Whether the thread may be blocked. */
  readonly mayBlock?: boolean;
}

/** The maximum size in code units for reading and validating at once, in a few milliseconds. */
const QUICK_SIZE = 100_000;
const QUICK_SIZE_IN_THREAD = 1_000_000;

/**
 * Returns the problems of a definition in any format, without its outline. Doesn't block the thread for long, unless
 * allowed.
 *
 * @returns undefined when the signal was aborted
 */
export async function checkDefinition(
  { definition, type }: DefinitionText,
  { translate, signal, mayBlock = false }: DefinitionCheckOptions,
): Promise<readonly DefinitionProblem[] | undefined> {
  if (definition.length > MAX_SIZE) return [tooLarge(translate)];
  const code = await codeOutliner(type, definition);
  if (code) {
    const context = { translate, target: () => undefined, budget: new ItemBudget(0) };
    return (await runInSlices(code(definition, context), signal))?.problems.slice(0, MOST_PROBLEMS);
  }
  const quickSize = mayBlock ? QUICK_SIZE_IN_THREAD : QUICK_SIZE;
  if (await isSurelyValid({ definition, type }, quickSize)) return [];
  const document = await runInSlices(readDocument(definition), signal);
  const found =
    document && (await problemsOfDocument({ document, type, translate, signal, isChecked: true }));
  return found?.slice(0, MOST_PROBLEMS);
}

export function tooLarge(translate: Translate): DefinitionProblem {
  const message = translate('The definition is too large');
  return { code: 'definition-too-large', message, place: { start: 0, end: 0 } };
}

/** Whether parsed content is a definition rather than arbitrary text. */
export function isDocument({ root, errors }: PlacedDocument, type: string): boolean {
  return root?.type === 'map' && (!errors.length || isSpecified(type) || hasFormat(root));
}

/**
 * Returns the problems of a parsed YAML or JSON definition.
 *
 * @param isChecked - whether it is validated against its specification
 */
export async function problemsOfDocument({
  document,
  type,
  translate,
  signal,
  isChecked,
}: {
  readonly document: PlacedDocument;
  readonly type: string;
  readonly translate: Translate;
  readonly signal: AbortSignal | undefined;
  readonly isChecked: boolean;
}): Promise<readonly DefinitionProblem[]> {
  const { root, errors } = document;
  const problems: DefinitionProblem[] = errors.map(error => ({
    code: 'definition-syntax',
    ...error,
  }));
  if (!root || !isDocument(document, type)) {
    if (!isSpecified(type)) return [];
    if (!problems.length) {
      const message = translate("This isn't an API definition");
      problems.push({ code: 'definition-syntax', message, place: { start: 0, end: 0 } });
    }
    return problems;
  }
  if (!isChecked || !(hasFormat(root) || isSpecified(type))) return problems;
  return [...problems, ...(await specificationProblems({ root, type, translate, signal }))];
}

/** Whether definitions of a type must name their specification. */
function isSpecified(type: string): boolean {
  return type === 'openapi' || type === 'asyncapi';
}

function hasFormat(root: PlacedNode): boolean {
  return ['openapi', 'swagger', 'asyncapi'].some(key => child(root, key) !== undefined);
}

async function specificationProblems({
  root,
  type,
  translate,
  signal,
}: {
  readonly root: PlacedNode;
  readonly type: string;
  readonly translate: Translate;
  readonly signal: AbortSignal | undefined;
}): Promise<readonly DefinitionProblem[]> {
  const schema = await schemaFor(root);
  const references = (await runInSlices(danglingReferences(root, translate), signal)) ?? [];
  if (schema) {
    const faults = (await runInSlices(validateNode(root, schema, translate), signal)) ?? [];
    return [...faults, ...references];
  }
  const key = ['openapi', 'swagger', 'asyncapi'].find(name => textAt(root, name) !== undefined);
  const version = child(root, key ?? '');
  const message = version
    ? translate("Unknown version. The definition isn't validated.")
    : translate('The property "{0}" with the version is missing', type);
  const place = version?.place ?? { start: root.place.start, end: root.place.start + 1 };
  const problem = { code: 'definition-invalid', message, place } as const;
  return [version ? { ...problem, severity: 'info' } : problem, ...references];
}

/** Keys whose values are data, in which `$ref` has no meaning. */
const data = new Set(['default', 'example', 'examples']);

/** Keys of maps from names to objects: a response may be named `default`, a property `example`. */
const named = new Set([
  '$defs',
  'definitions',
  'dependentSchemas',
  'patternProperties',
  'properties',
  'schemas',
  'callbacks',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'requestBodies',
  'responses',
  'channels',
  'messages',
  'messageTraits',
  'operations',
  'operationTraits',
  'servers',
]);

/** Returns references without a target in the document; doesn't follow those to other files. */
function* danglingReferences(
  root: PlacedNode,
  translate: Translate,
): Generator<void, readonly DefinitionProblem[]> {
  const problems: DefinitionProblem[] = [];
  const pending: (readonly [node: PlacedNode, hasNames: boolean])[] = [[root, false]];
  const seen = new Set<PlacedNode>();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, hasNames] = next;
    if (seen.has(node)) continue;
    seen.add(node);
    if (seen.size % 1024 === 0) yield;
    for (const item of itemsOf(node)) pending.push([item, false]);
    const reference = textAt(node, '$ref');
    if (reference?.startsWith('#') && !resolve(node, root)) {
      const place = child(node, '$ref')?.place ?? node.place;
      const message = translate('"{0}" doesn\'t exist in this document', reference);
      problems.push({ code: 'definition-reference', message, place });
      if (problems.length >= MOST_REFERENCES) break;
    }
    for (const [key, { value }] of entriesOf(node)) {
      if (hasNames) pending.push([value, false]);
      else if (!data.has(key)) pending.push([value, named.has(key)]);
    }
  }
  return problems.sort((a, b) => a.place.start - b.place.start);
}
