import { valueAtSteps } from './dataPath';
import { type PluginDeclaration, pluginSchema } from './declaration';
import type { DataPath, PlacedText } from './placedText';

/** A reason why a declaration, or a part of it, isn't used. */
export interface DeclarationFault {
  readonly message: string;
  /** Keys and indices from the root of the declaration. */
  readonly path: DataPath;
  readonly at: 'key' | 'value';
}

/** Result of {@link readDeclaration}. */
export interface ReadDeclaration {
  /** The valid parts; undefined if the plugin can't be used at all. */
  readonly declaration: PluginDeclaration | undefined;
  readonly faults: readonly DeclarationFault[];
}

/** Maximum number of faults to report. */
const MAX_FAULTS = 100;

/**
 * Checks an untrusted value. An invalid item of a list is left out; the other items are used.
 *
 * @param value - of {@link PlacedText}
 */
export function readDeclaration(value: PlacedText['value']): ReadDeclaration {
  const faults: DeclarationFault[] = [];
  let current = value;
  // Each round removes what is invalid, so that the second one usually succeeds.
  for (let round = 0; round < 3; round++) {
    const parsed = pluginSchema.safeParse(current);
    if (parsed.success) return { declaration: parsed.data, faults };
    const { issues } = parsed.error;
    const removed: DataPath[] = [];
    for (const issue of issues) {
      const path = stepsOf(issue.path);
      if (round === 0 && faults.length < MAX_FAULTS) faults.push(faultOf(issue, path, value));
      removed.push(
        issue.code === 'unrecognized_keys' ? [...path, ...issue.keys.slice(0, 1)] : path,
      );
    }
    const without = withoutParts(current, removed);
    if (!without) break;
    current = without;
  }
  return { declaration: undefined, faults };
}

function stepsOf(path: readonly PropertyKey[]): DataPath {
  return path.map(step => (typeof step === 'number' ? step : String(step)));
}

interface Issue {
  readonly code?: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  /** Issues of each alternative. */
  readonly errors?: readonly (readonly Issue[])[];
}

function faultOf(issue: Issue, path: DataPath, value: unknown): DeclarationFault {
  const { code, message, keys = [], errors = [] } = issue;
  // The alternative that fits except for something inside it.
  const inside = errors.find(([first]) => first?.path.length)?.[0];
  if (inside) return faultOf(inside, [...path, ...stepsOf(inside.path)], value);
  if (code === 'unrecognized_keys') return { message, path: [...path, keys[0] ?? ''], at: 'key' };
  if (typeof path.at(-1) === 'string' && valueAtSteps(value, path) === undefined) {
    return { message: `"${String(path.at(-1))}" is missing`, path: path.slice(0, -1), at: 'value' };
  }
  // Messages of fields continue the name of the field.
  if (!/^(?:must|can) /.test(message)) return { message, path, at: 'value' };
  const name = path.findLast(step => typeof step === 'string');
  const item = typeof path.at(-1) === 'number' ? 'An item of ' : '';
  const subject = name === undefined ? 'The plugin' : `${item}"${name}"`;
  return { message: `${subject} ${message}`, path, at: 'value' };
}

/** Keys without which a plugin isn't used. */
const REQUIRED = new Set<string | number>(['apiVersion', 'id', 'title']);

/**
 * Returns a copy without the items of lists, and without the optional keys, that contain some paths;
 * undefined if the rest can't be used.
 */
function withoutParts(value: unknown, paths: readonly DataPath[]): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const copy = structuredClone(value) as Record<string, unknown>;
  const items = new Map<string, Set<number>>();
  for (const [key, index, ...others] of paths) {
    if (key === undefined) return undefined;
    if (REQUIRED.has(key)) return undefined;
    const list = copy[key];
    if (Array.isArray(list) && typeof index === 'number') {
      const isUnknownKey = others.length === 1 && typeof others[0] === 'string';
      const item: unknown = list[index];
      if (
        isUnknownKey &&
        typeof item === 'object' &&
        item !== null &&
        Object.hasOwn(item, others[0] ?? '')
      ) {
        // An unknown or invalid key of an item; the next round tells whether the item needs it.
        delete (item as Record<string, unknown>)[others[0] ?? ''];
        continue;
      }
      const removed = items.get(String(key)) ?? new Set<number>();
      items.set(String(key), removed.add(index));
    } else delete copy[key];
  }
  for (const [key, removed] of items) {
    copy[key] = (copy[key] as readonly unknown[]).filter((_, index) => !removed.has(index));
  }
  return copy;
}
