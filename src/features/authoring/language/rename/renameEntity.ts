import { compareCodeUnits, failure, isWithin, ok } from '../../../../base';
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
  /** Full and lower-cased. */
  readonly ref: string;
  readonly newName: string;
  /** URI that the entity's file is to be moved to. */
  readonly moveFile?: string | undefined;
  /** That of the settings, which are not changed: what names the entity there is told. */
  readonly ownerMapping?: OwnerMapping | undefined;
}

export interface MoveRequest extends PlanRequest {
  /** Full and lower-cased. */
  readonly ref: string;
  readonly namespace: string;
}

/**
 * Gives an entity another name: where it is declared, and in every ref to it, each in the form in which
 * it is written (short, partial or full, quotes kept). Where more documents than one declare it, all
 * get the name. Refs are rewritten in the texts as they are now, open ones before the disk.
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
        `"${newName}" is no valid name: sequences of [a-zA-Z0-9] separated by any of [-_.], at most 63 characters in total.`,
      );
    }
    await changeEntity(plan, ref, from => ({ ...from, name: newName }), request);
  });
}

/**
 * Gives an entity another namespace. Refs that leave the namespace out get one where they would lead
 * elsewhere, those of the entity itself to its old neighbours included; refs that name the old
 * namespace name the new one.
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
        `"${namespace}" is no valid namespace: sequences of [a-z0-9] separated by [-], at most 63 characters in total.`,
      );
    }
    await changeEntity(plan, ref, from => ({ ...from, namespace }), {});
  });
}

/** What a plan comes to, with the refusals that were thrown on the way. */
export async function planned(
  plan: PlanBuilder,
  make: (plan: PlanBuilder) => Promise<void>,
): Promise<PlanResult> {
  try {
    plan.check();
    if (!plan.context.catalog.isReady) throw new Refusal('The catalog is still being read.');
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
      // What has errors refers to others all the same; where to, only its text tells.
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
      throw new Refusal(`${plan.nameOf(file)} refers to ${ref} and cannot be read.`);
    }
  }
  const declarations = await findDeclarations(texts, ref, plan);
  const [declaration] = declarations;
  if (!declaration) {
    throw new Refusal(
      catalog.has(ref)
        ? `${ref} is not where the catalog has it: its file has changed.`
        : `${ref} is not in the catalog.`,
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
      `${ref} is defined ${declarations.length} times, in ${places.join(' and ')}: all change.`,
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

/** What is in no file cannot be changed, and must not lead nowhere afterwards. */
function checkSources({ context }: PlanBuilder, ref: string): void {
  const { catalog } = context;
  const entity = catalog.get(ref);
  if (entity && entity.file === undefined) {
    throw new Refusal(`${ref} does not come from a file, and cannot be changed.`);
  }
  if (entity?.file !== undefined && isReadOnly(entity.file, context)) {
    throw new Refusal(`${ref} stands in a file that is read-only.`);
  }
  for (const { file, sourceRef } of catalog.referencesTo(ref)) {
    if (file === undefined) {
      throw new Refusal(
        `${sourceRef} refers to ${ref}, does not come from a file, and cannot be changed.`,
      );
    }
  }
}

interface FoundDeclaration {
  readonly text: YamlText;
  readonly placed: PlacedPart;
  readonly target: CompoundEntityRef;
}

/** Those of the text that the catalog has the entity from come first: it spells the entity. */
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
  const taken = new Refusal(`${wanted} exists already.`);
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
        `${plan.nameOf(text.uri)}: ${path} shares its value with others, and stays as it is.`,
      );
    }
  }
  warnOfPlaceholders(plan, text, { placed, change });
}

/** Only what can hold a name is read; escapes may hide it. */
function mayName({ part: { source } }: PlacedPart, name: string): boolean {
  return source.includes('\\') || source.toLowerCase().includes(name.toLowerCase());
}

/**
 * A template stays as it is, as all that is filled in later, and so does what cannot be read for certain
 * until its errors are mended, which may never be meant; in all else no ref may be left behind.
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
    plan.warn(`${file} refers to it and stays as it is: ${reason}.`);
    return;
  }
  const does = declares ? 'declares' : 'refers to';
  throw new Refusal(
    `${file} ${does} ${stringifyEntityRef(change.from)} and cannot be changed: ${reason}.`,
  );
}

/** A ref that comes out of another file stands nowhere that could be told for sure. */
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
      `${plan.nameOf(text.uri)}: ${field} refers to it by way of ${placeholder}, which stays as it is.`,
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
        `The setting callboard.codeowners.owners names it for ${owner}, and stays as it is.`,
      );
    }
  }
}
