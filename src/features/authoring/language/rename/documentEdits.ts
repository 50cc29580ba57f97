import type { Alias, Scalar } from 'yaml';
import { failure, ok, type Result, translate } from '../../../../base';
import type { KindRegistry } from '../../../../model/validation';
import {
  applyOffsetEdits,
  type FieldRefusal,
  movedEdit,
  type OffsetEdit,
  scalarText,
  setField,
} from '../../core/edits';
import { type Descriptor, descriptorOf } from '../descriptors/descriptor';
import { refFieldAt, refTarget } from '../descriptors/writtenRefs';
import { type FieldPath, writtenScalar } from '../documents/cursor';
import { YamlPart } from '../documents/yamlPart';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import { type Leaf, leavesOf, scalarEdit } from './leaves';
import type { PlannedEditKind, PlannedOffsetEdit } from './renamePlan';
import { type EntityChange, isSame, rewriteRef } from './rewriteRef';

/** The result of a change in one document. */
export interface DocumentEdits {
  readonly edits: readonly PlannedOffsetEdit[];
  readonly declares: boolean;
  /** Paths of values that have to change but can't. */
  readonly left: readonly string[];
}

export const TEAM_SLUG = 'github.com/team-slug';

interface Scope {
  readonly placed: PlacedPart;
  readonly text: YamlText;
  readonly kinds: KindRegistry;
  readonly change: EntityChange;
  /** The new value of a group's team annotation. */
  readonly teamSlug?: string | undefined;
}

/** The required value of a leaf and the kind of edit; undefined for a leaf that doesn't change. */
interface Wish {
  readonly value: string;
  readonly kind: PlannedEditKind;
}

/**
 * Returns the edits of a document that declares the entity or refers to it.
 *
 * @returns as an error, the reason why the document can't be changed; undefined if it isn't affected
 */
export function documentEdits(scope: Scope): Result<DocumentEdits, string> | undefined {
  const { placed, kinds, change } = scope;
  const descriptor = descriptorOf(placed.part, kinds);
  if (!descriptor) return undefined;
  const declares = isDeclaration(descriptor, change);
  const leaves = leavesOf(placed);
  if (!leaves) return declares ? failure(translate('it has too many values to change')) : undefined;
  const wishes = new Map(
    leaves.map((leaf): [Leaf, Wish | undefined] => [leaf, wishFor(leaf, scope, descriptor)]),
  );
  const isWanted = leaves.some(leaf => isChange(leaf, wishes.get(leaf)));
  if (!isWanted && !declares) return undefined;
  if (descriptor.isTemplated) return failure(translate('it is a template of a descriptor'));
  if (placed.part.hasErrors) return failure(translate('it has errors; fix them first'));
  const edits: PlannedOffsetEdit[] = [];
  const left: string[] = [];
  const values = new Map<Scalar | Alias, string>();
  for (const group of Map.groupBy(leaves, ({ scalar }) => scalar).values()) {
    const found = editsOf(group, wishes, scope);
    if (!found) left.push(...group.filter(leaf => isChange(leaf, wishes.get(leaf))).map(pathOf));
    else {
      edits.push(...found.edits);
      for (const [node, value] of found.values) values.set(node, value);
    }
  }
  const isWritten = leaves.some(leaf => pathOf(leaf) === 'metadata.namespace' && textOf(leaf));
  if (declares && !isWritten && changesNamespace(change)) {
    const inserted = namespaceEdit(scope, descriptor);
    if (!inserted.ok) return inserted;
    if (inserted.value) edits.push(inserted.value);
  }
  const isSafe = readsAs(placed, edits, { leaves, values });
  return isSafe
    ? ok({ edits, declares, left })
    : failure(translate("its YAML can't be edited automatically"));
}

export function isDeclaration(
  { kind, namespace, name }: Descriptor,
  { from }: Pick<EntityChange, 'from'>,
): boolean {
  return kind !== undefined && name !== undefined && isSame({ kind, namespace, name }, from);
}

function changesNamespace({ from, to }: EntityChange): boolean {
  return from.namespace !== to.namespace;
}

function wishFor(leaf: Leaf, scope: Scope, descriptor: Descriptor): Wish | undefined {
  const { kinds, change, teamSlug } = scope;
  const value = textOf(leaf);
  if (value === undefined) return undefined;
  const path = pathOf(leaf);
  const declares = isDeclaration(descriptor, change);
  const kind = 'declaration';
  if (path === 'kind' || path === 'apiVersion') return { value, kind };
  if (path === 'metadata.name') return { value: declares ? change.to.name : value, kind };
  if (path === 'metadata.namespace') {
    return { value: declares ? change.to.namespace : value, kind };
  }
  if (declares && teamSlug !== undefined && isAnnotation(leaf.path, TEAM_SLUG)) {
    return { value: teamSlug, kind: 'team' };
  }
  const field = refFieldAt(leaf.path, descriptor, kinds);
  if (!field || !refTarget(value, field)) return undefined;
  const namespace = !field.rule
    ? field.defaultNamespace
    : declares
      ? change.to.namespace
      : descriptor.namespace;
  return {
    value: rewriteRef(value, { field, namespace, change }) ?? value,
    kind: field.rule ? 'reference' : 'annotation',
  };
}

export function isAnnotation(path: FieldPath, key: string): boolean {
  return (
    path.length === 3 && path[0] === 'metadata' && path[1] === 'annotations' && path[2] === key
  );
}

function isChange(leaf: Leaf, wish: Wish | undefined): boolean {
  return wish !== undefined && wish.value !== textOf(leaf);
}

/** Formats a path: `spec.dependsOn[1]`. */
export function pathOf({ path }: Pick<Leaf, 'path'>): string {
  return path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1);
}

export function textOf({ scalar }: Leaf): string | undefined {
  return typeof scalar.value === 'string' ? scalar.value : undefined;
}

interface GroupEdits {
  readonly edits: readonly PlannedOffsetEdit[];
  readonly values: ReadonlyMap<Scalar | Alias, string>;
}

/**
 * Returns the edits of a scalar and its aliases. If all need the same value, only the anchor is changed; else an alias
 * with another value is replaced by a text. Undefined if the same place needs two different values.
 */
function editsOf(
  group: readonly Leaf[],
  wishes: ReadonlyMap<Leaf, Wish | undefined>,
  { placed, text }: Scope,
): GroupEdits | undefined {
  const wanted = group.flatMap(leaf => wishes.get(leaf) ?? []);
  const [leaf] = group;
  const old = leaf && textOf(leaf);
  if (!leaf || old === undefined || wanted.every(({ value }) => value === old)) return NOTHING;
  const edits: PlannedOffsetEdit[] = [];
  const values = new Map<Scalar | Alias, string>();
  const isAgreed = wanted.every(({ value }) => value === wanted[0]?.value);
  const atAnchor = isAgreed
    ? wanted
    : group.filter(({ alias }) => !alias).flatMap(direct => wishes.get(direct) ?? []);
  const value = atAnchor[0]?.value ?? old;
  if (atAnchor.some(wish => wish.value !== value)) return undefined;
  if (value !== old) {
    const edit = scalarEdit(text, writtenScalar(placed, leaf.scalar), value);
    if (!edit) return undefined;
    const direct = group.find(({ alias }) => !alias);
    const kind = (direct && wishes.get(direct)?.kind) ?? 'shared';
    edits.push({ ...edit, kind });
    values.set(leaf.scalar, value);
  }
  if (isAgreed) return { edits, values };
  for (const use of group) {
    const { alias } = use;
    const own = wishes.get(use)?.value ?? old;
    if (!alias || own === value) continue;
    if (values.has(alias) && values.get(alias) !== own) return undefined;
    if (values.has(alias)) continue;
    const span = placed.part.spanOf(alias);
    if (!span) return undefined;
    const [start, end] = [placed.start + span[0], placed.start + span[1]];
    const kind = wishes.get(use)?.kind ?? 'shared';
    edits.push({ start, end, text: scalarText(own, 'PLAIN'), kind });
    values.set(alias, own);
  }
  return { edits, values };
}

const NOTHING: GroupEdits = { edits: [], values: new Map() };

function namespaceEdit(
  { placed, change }: Scope,
  { kind = '', name = '' }: Descriptor,
): Result<PlannedOffsetEdit | undefined, string> {
  const edit = setInPart(placed, {
    kind,
    name,
    path: ['metadata', 'namespace'],
    value: change.to.namespace,
  });
  if (!edit.ok) return failure(refusals[edit.error]);
  return ok(edit.value && { ...edit.value, kind: 'declaration' });
}

/** Applies `setField` to one document of a file. */
export function setInPart(
  { part, start }: PlacedPart,
  target: { kind: string; name: string; path: readonly string[]; value: string },
): Result<OffsetEdit | undefined, FieldRefusal> {
  let edit = setField(part.source, { ...target, document: 0 });
  // The text may have another document before the relevant one.
  if (!edit.ok && edit.error === 'moved') edit = setField(part.source, { ...target, document: 1 });
  if (!edit.ok || !edit.value) return edit;
  return ok(movedEdit(edit.value, start));
}

const refusals = {
  moved: 'it was changed in the meantime',
  invalid: 'it has errors; fix them first',
  anchor: 'the value is shared by an anchor or an alias',
  templated: 'a template sets the value',
  'several-values': 'the value is a list or a map',
  unsafe: "its YAML can't be edited automatically",
} as const satisfies Readonly<Record<FieldRefusal, string>>;

/** Returns the reason why a field can't be set, as the end of a sentence. */
export function refusalText(refusal: FieldRefusal): string {
  return translate(refusals[refusal]);
}

/** Whether the edits give the document the expected value and change nothing else. */
function readsAs(
  { part, start }: PlacedPart,
  edits: readonly PlannedOffsetEdit[],
  before: {
    readonly leaves: readonly Leaf[];
    readonly values: ReadonlyMap<Scalar | Alias, string>;
  },
): boolean {
  if (!edits.length) return true;
  const changed = new YamlPart(
    applyOffsetEdits(
      part.source,
      edits.map(edit => movedEdit(edit, -start)),
    ),
  );
  const leaves = leavesOf({ part: changed });
  if (!leaves || changed.hasErrors) return false;
  const valueOf = ({ scalar, alias }: Leaf): unknown =>
    (alias && before.values.get(alias)) ?? before.values.get(scalar) ?? scalar.value;
  const isCompared = (leaf: Leaf): boolean => pathOf(leaf) !== 'metadata.namespace';
  const expected = before.leaves.filter(isCompared);
  const found = leaves.filter(isCompared);
  return (
    expected.length === found.length &&
    expected.every((leaf, index) => {
      const other = found[index];
      return (
        other && pathOf(other) === pathOf(leaf) && Object.is(other.scalar.value, valueOf(leaf))
      );
    })
  );
}
