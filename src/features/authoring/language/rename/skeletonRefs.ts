import { childUri, isRecord, translate } from '../../../../base';
import { type CompoundEntityRef, readEntityRef } from '../../../../model';
import { skeletonFolders } from '../../../templates/core';
import { descriptorOf } from '../descriptors/descriptor';
import { refFieldAt, refTarget } from '../descriptors/writtenRefs';
import type { YamlPart } from '../documents/yamlPart';
import type { YamlText } from '../documents/yamlText';
import { pathOf, textOf } from './documentEdits';
import { documentsOf, type Leaf, leavesOf } from './leaves';
import type { PlanBuilder } from './planBuilder';
import { isSame } from './rewriteRef';

/** Limits of the search; a skeleton may contain a whole project. */
const MAX_FILES = 2000;
const MAX_DEPTH = 12;

/**
 * Warns of refs in skeletons of Templates, which aren't changed, because their values come from the form.
 *
 * @param folders - from `skeletonsOf`
 */
export async function warnOfSkeletons(
  plan: PlanBuilder,
  folders: Iterable<string>,
  from: CompoundEntityRef,
): Promise<void> {
  let left = MAX_FILES;
  for (const folder of folders) await search(folder, 0);

  async function search(uri: string, depth: number): Promise<void> {
    plan.check();
    if (left <= 0 || depth > MAX_DEPTH) return;
    const { files } = plan.context;
    try {
      if ((await files.stat(uri))?.type !== 'directory') return;
      for (const { name, type, isSymbolicLink } of await files.readDirectory(uri)) {
        const child = childUri(uri, name);
        if (isSymbolicLink || name === 'node_modules') continue;
        if (type === 'directory') await search(child, depth + 1);
        else if (/\.ya?ml(?:\.\w+)?$/i.test(name) && left-- > 0) await look(child);
      }
    } catch {
      // A folder that can't be listed is skipped.
      plan.check();
    }
  }

  async function look(uri: string): Promise<void> {
    const text = await plan.text(uri);
    for (const path of text ? refsTo(text, from, plan) : []) {
      plan.warn(
        translate(
          "{0} refers to the entity in {1} of a skeleton, which isn't changed.",
          plan.nameOf(uri),
          path,
        ),
      );
    }
  }
}

function refsTo(
  text: YamlText,
  from: CompoundEntityRef,
  { context: { catalog } }: PlanBuilder,
): readonly string[] {
  if (!text.text.toLowerCase().includes(from.name.toLowerCase())) return [];
  return documentsOf(text).flatMap(placed => {
    const descriptor = descriptorOf(placed.part, catalog.kinds);
    if (!descriptor) return [];
    return (leavesOf(placed) ?? [])
      .filter(leaf => {
        const field = refFieldAt(leaf.path, descriptor, catalog.kinds);
        const target = field && refTarget(textOf(leaf) ?? '', field);
        return target && isSame(target, from);
      })
      .map(pathOf);
  });
}

/** Returns URIs of the skeleton folders of the catalog's Templates. */
export async function skeletonsOf(plan: PlanBuilder): Promise<ReadonlySet<string>> {
  const folders = new Set<string>();
  for await (const { text, part } of templateDocuments(plan)) {
    const { value } = part;
    if (!isRecord(value) || value['kind'] !== 'Template' || !isRecord(value['spec'])) continue;
    for (const folder of skeletonFolders(value['spec']['steps'], text.uri)) folders.add(folder);
  }
  return folders;
}

/** Returns the documents of the files with Templates. */
async function* templateDocuments(
  plan: PlanBuilder,
): AsyncGenerator<{ readonly text: YamlText; readonly part: YamlPart }, void> {
  const { catalog } = plan.context;
  for (const file of new Set([...catalog.entities('Template')].flatMap(({ file }) => file ?? []))) {
    const text = await plan.text(file);
    for (const { part } of text ? documentsOf(text) : []) if (text) yield { text, part };
  }
}

/** Parts of a Template with values for forms and actions, in which refs can't be recognized by field. */
const PARTS = ['parameters', 'steps', 'output'];

/** Warns of texts in Templates that look like refs to the entity: defaults of forms, inputs of actions. */
export async function warnOfTemplates(plan: PlanBuilder, from: CompoundEntityRef): Promise<void> {
  for await (const { text, part } of templateDocuments(plan)) {
    if (!part.source.toLowerCase().includes(from.name.toLowerCase())) continue;
    if (descriptorOf(part, plan.context.catalog.kinds)?.kind !== 'Template') continue;
    for (const leaf of leavesOf({ part }) ?? []) {
      if (!isFilledIn(leaf) || !namesEntity(leaf, from)) continue;
      plan.warn(
        translate(
          '{0} mentions the entity in {1} of a template. Check it manually.',
          plan.nameOf(text.uri),
          pathOf(leaf),
        ),
      );
    }
  }
}

function isFilledIn({ path: [root, part] }: Leaf): boolean {
  return root === 'spec' && typeof part === 'string' && PARTS.includes(part);
}

/**
 * Whether a text in an unknown field is a ref to the entity. Only refs with a kind count: other texts may mean
 * anything.
 */
export function namesEntity(leaf: Leaf, from: CompoundEntityRef): boolean {
  const read = readEntityRef(textOf(leaf));
  return read.ok && isSame(read.value, from);
}
