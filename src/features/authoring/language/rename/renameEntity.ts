import { compareCodeUnits, failure, isWithin, ok, translate, formatList } from '../../../../base';
import {
  type CompoundEntityRef,
  isValidNamespace,
  isValidObjectName,
  type OwnerMapping,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../model';
import { descriptorOf } from '../descriptors/descriptor';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext } from '../languageProvider';
import { hasAnnotationOf } from '../mentions/places';
import { renamedTeam, renameInCodeowners, warnOfAppConfigs } from './appConfigRefs';
import { documentEdits, isAnnotation, isDeclaration, TEAM_SLUG, textOf } from './documentEdits';
import { leavesOf, placeholderOn } from './leaves';
import { moveFile } from './movedFile';
import { Cancelled, isReadOnly, PlanBuilder, type PlanRequest, Refusal } from './planBuilder';
import type { PlanResult } from './renamePlan';
import { type EntityChange, isSame } from './rewriteRef';
import { skeletonsOf, warnOfSkeletons, warnOfTemplates } from './skeletonRefs';

export interface RenameRequest extends PlanRequest {
  /** Full and lowercase. */
  readonly ref: string;
  readonly newName: string;
  /** URI to move the entity's file to. */
  readonly moveFile?: string | undefined;
  /** The setting, which isn't changed: a warning lists its entries with the entity. */
  readonly ownerMapping?: OwnerMapping | undefined;
}

export interface MoveRequest extends PlanRequest {
  /** Full and lowercase. */
  readonly ref: string;
  readonly namespace: string;
}

/**
 * Renames an entity in all its declarations and refs, keeping the form of each ref (short, partial or full, and
 * quotes). Uses current texts, from editors before disk.
 */
export function renameEntity(
  context: LanguageContext,
  request: RenameRequest,
  signal: AbortSignal,
): Promise<PlanResult> {
  return planned(new PlanBuilder(context, signal, request), async plan => {
    const { ref, newName } = request;
    const isValid: boolean = isValidObjectName(newName);
    if (!isValid) {
      throw new Refusal(
        translate(
          '"{0}" isn\'t a valid name: sequences of [a-zA-Z0-9] separated by any of [-_.], at most 63 characters in total.',
          newName,
        ),
      );
    }
    await changeEntity(plan, ref, from => ({ ...from, name: newName }), request);
  });
}

/**
 * Moves an entity to another namespace. Refs without a namespace get one if they would lead elsewhere, including the
 * entity's own refs to its old neighbors; refs with the old namespace get the new one.
 */
export function moveToNamespace(
  context: LanguageContext,
  request: MoveRequest,
  signal: AbortSignal,
): Promise<PlanResult> {
  return planned(new PlanBuilder(context, signal, request), async plan => {
    const { ref, namespace } = request;
    if (!isValidNamespace(namespace)) {
      throw new Refusal(
        translate(
          '"{0}" isn\'t a valid namespace: sequences of [a-z0-9] separated by [-], at most 63 characters in total.',
          namespace,
        ),
      );
    }
    await changeEntity(plan, ref, from => ({ ...from, namespace }), {});
  });
}

/** Completes a plan, with thrown refusals as errors. */
export async function planned(
  plan: PlanBuilder,
  make: (plan: PlanBuilder) => Promise<void>,
): Promise<PlanResult> {
  try {
    plan.check();
    if (!plan.context.catalog.isReady)
      throw new Refusal(translate('The catalog is still loading.'));
    await make(plan);
    plan.check();
    return ok(plan.plan());
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    if (error instanceof Refusal) return failure(error.message);
    throw error;
  }
}

type ChangeOptions = Pick<RenameRequest, 'moveFile' | 'ownerMapping'>;

async function changeEntity(
  plan: PlanBuilder,
  ref: string,
  changed: (from: CompoundEntityRef) => CompoundEntityRef,
  options: ChangeOptions,
): Promise<void> {
  const { context } = plan;
  const { catalog } = context;
  checkSources(plan, ref);
  const skeletons = [...(await skeletonsOf(plan))];
  const files = await plan.filesWhere(
    file =>
      // Refs of documents with errors are only in the text.
      catalog.failedInFile(file).length > 0 ||
      catalog
        .entitiesInFile(file)
        .some(
          entity =>
            entity.ref === ref ||
            entity.references.some(({ targetRef }) => targetRef === ref) ||
            hasAnnotationOf(entity, ref),
        ),
  );
  const texts: YamlText[] = [];
  for (const file of files) {
    const isKnown = catalog.entitiesInFile(file).length > 0;
    if (!isKnown && skeletons.some(folder => isWithin(folder, file))) continue;
    const text = await plan.text(file);
    if (text) texts.push(text);
    else if (isKnown) {
      throw new Refusal(translate("{0} refers to {1} but can't be read.", plan.nameOf(file), ref));
    }
  }
  const declarations = await findDeclarations(texts, ref, plan);
  const [declaration] = declarations;
  if (!declaration) {
    throw new Refusal(
      catalog.has(ref)
        ? translate('{0} has moved because its file was changed. Try again.', ref)
        : translate('{0} is not in the catalog.', ref),
    );
  }
  const from = declaration.target;
  const change: EntityChange = { from, to: changed(from) };
  await checkCollision(plan, change, texts);
  const slug = change.from.name === change.to.name ? undefined : slugOf(declaration);
  const teamSlug = slug && renamedTeam(slug, from.name, change.to.name);
  for await (const { text, placed } of plan.documents(texts)) {
    changeDocument(plan, { text, placed }, { change, teamSlug });
  }
  if (declarations.length > 1) {
    const places = [...new Set(declarations.map(({ text }) => plan.nameOf(text.uri)))];
    plan.warn(
      translate(
        '{0} is defined more than once, in {1}. All of its definitions change.',
        ref,
        formatList(places, 'and'),
      ),
    );
  }
  const { uri } = declaration.text;
  if (slug && teamSlug) await renameInCodeowners(plan, { file: uri, from: slug, to: teamSlug });
  warnOfMapping(plan, from, options);
  await warnOfSkeletons(plan, skeletons, from);
  await warnOfTemplates(plan, from);
  await warnOfAppConfigs(plan, { file: uri, from });
  if (options.moveFile !== undefined) await moveFile(plan, uri, options.moveFile);
}

/** Refuses if entities without a file refer to the entity, because their refs can't be changed. */
function checkSources({ context }: PlanBuilder, ref: string): void {
  const { catalog } = context;
  const entity = catalog.get(ref);
  if (entity && entity.file === undefined) {
    throw new Refusal(translate("{0} isn't defined in a file, so it can't be changed.", ref));
  }
  if (entity?.file !== undefined && isReadOnly(entity.file, context)) {
    throw new Refusal(translate('{0} is in a read-only file.', ref));
  }
  for (const { file, sourceRef } of catalog.referencesTo(ref)) {
    if (file === undefined) {
      throw new Refusal(
        translate(
          "{0} refers to {1} but isn't defined in a file, so it can't be changed.",
          sourceRef,
          ref,
        ),
      );
    }
  }
}

interface FoundDeclaration {
  readonly text: YamlText;
  readonly placed: PlacedPart;
  readonly target: CompoundEntityRef;
}

/** Returns the declarations, those of the winning text first, whose spelling counts. */
async function findDeclarations(
  texts: readonly YamlText[],
  ref: string,
  plan: PlanBuilder,
): Promise<readonly FoundDeclaration[]> {
  const { catalog } = plan.context;
  const winner = catalog.get(ref)?.file;
  const found: FoundDeclaration[] = [];
  for await (const { text, placed } of plan.documents(texts)) {
    if (!mayName(placed, ref.slice(ref.indexOf('/') + 1))) continue;
    const descriptor = descriptorOf(placed.part, catalog.kinds);
    if (!descriptor || descriptor.ref !== ref || descriptor.isTemplated) continue;
    const { kind = '', namespace, name = '' } = descriptor;
    found.push({ text, placed, target: { kind, namespace, name } });
  }
  const rank = ({ text: { uri } }: FoundDeclaration): number => (uri === winner ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || compareCodeUnits(a.text.uri, b.text.uri));
}

async function checkCollision(
  plan: PlanBuilder,
  { from, to }: EntityChange,
  texts: readonly YamlText[],
): Promise<void> {
  if (isSame(from, to)) return;
  const { catalog } = plan.context;
  const wanted = stringifyEntityRef(to);
  const taken = new Refusal(translate('{0} already exists.', wanted));
  if (catalog.has(wanted) || catalog.failed(wanted).length > 0) throw taken;
  for await (const { placed } of plan.documents(texts)) {
    if (!mayName(placed, to.name)) continue;
    if (descriptorOf(placed.part, catalog.kinds)?.ref === wanted) throw taken;
  }
}

function slugOf({ placed, target }: FoundDeclaration): string | undefined {
  if (target.kind !== 'Group') return undefined;
  const leaf = leavesOf(placed)?.find(({ path }) => isAnnotation(path, TEAM_SLUG));
  return leaf && textOf(leaf);
}

function changeDocument(
  plan: PlanBuilder,
  { text, placed }: { text: YamlText; placed: PlacedPart },
  { change, teamSlug }: { change: EntityChange; teamSlug: string | undefined },
): void {
  const { kinds } = plan.context.catalog;
  const result =
    mayName(placed, change.from.name) && documentEdits({ placed, text, kinds, change, teamSlug });
  const found = result && result.ok ? result.value : undefined;
  if (result && !result.ok) refuseOrWarn(plan, text, { placed, change, reason: result.error });
  if (found) {
    plan.add(text, found.edits);
    for (const path of found.left) {
      plan.warn(
        translate(
          "{0}: {1} shares its value with other fields and isn't changed.",
          plan.nameOf(text.uri),
          path,
        ),
      );
    }
  }
  warnOfPlaceholders(plan, text, { placed, change });
}

/** Whether the text may contain the name, possibly with escapes. */
function mayName({ part: { source } }: PlacedPart, name: string): boolean {
  return source.includes('\\') || source.toLowerCase().includes(name.toLowerCase());
}

/**
 * Warns of places in templates and unparsable documents, which stay as they are; refuses if any other ref can't be
 * changed.
 */
function refuseOrWarn(
  plan: PlanBuilder,
  text: YamlText,
  { placed, change, reason }: { placed: PlacedPart; change: EntityChange; reason: string },
): void {
  const descriptor = descriptorOf(placed.part, plan.context.catalog.kinds);
  const file = plan.nameOf(text.uri);
  const declares = descriptor !== undefined && isDeclaration(descriptor, change);
  if (descriptor?.isTemplated || (placed.part.hasErrors && !declares)) {
    plan.warn(translate("{0} refers to the entity and isn't changed: {1}.", file, reason));
    return;
  }
  const ref = stringifyEntityRef(change.from);
  throw new Refusal(
    declares
      ? translate("{0} declares {1} and can't be changed: {2}.", file, ref, reason)
      : translate("{0} refers to {1} and can't be changed: {2}.", file, ref, reason),
  );
}

/** Warns of refs that come from other files through placeholders, whose places are unknown. */
function warnOfPlaceholders(
  plan: PlanBuilder,
  text: YamlText,
  { placed, change }: { placed: PlacedPart; change: EntityChange },
): void {
  const ref = stringifyEntityRef(change.from);
  const entity = plan.context.catalog
    .entitiesInFile(text.uri)
    .find(({ place }) => place?.document === placed.index);
  for (const { field, targetRef } of entity?.references ?? []) {
    const placeholder = targetRef === ref ? placeholderOn(placed, field) : undefined;
    if (placeholder === undefined) continue;
    plan.warn(
      translate(
        "{0}: {1} refers to the entity through {2}, which isn't changed.",
        plan.nameOf(text.uri),
        field,
        placeholder,
      ),
    );
  }
}

function warnOfMapping(
  plan: PlanBuilder,
  from: CompoundEntityRef,
  { ownerMapping = {} }: ChangeOptions,
): void {
  for (const [owner, ref] of Object.entries(ownerMapping)) {
    const read = readEntityRef(ref, { defaultKind: 'Group' });
    if (read.ok && isSame(read.value, from)) {
      plan.warn(
        translate(
          "The setting callboard.codeowners.owners maps {0} to the entity and isn't changed.",
          owner,
        ),
      );
    }
  }
}
