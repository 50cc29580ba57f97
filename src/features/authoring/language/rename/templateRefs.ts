import { type CompoundEntityRef, readEntityRef } from '../../../../model';
import { descriptorOf } from '../descriptors/descriptor';
import { pathOf, textOf } from './documentEdits';
import { documentsOf, type Leaf, leavesOf } from './leaves';
import type { PlanBuilder } from './planBuilder';
import { isSame } from './rewriteRef';

/** What of a Template's spec becomes values of a form or of actions: only they know which are refs. */
const PARTS = ['parameters', 'steps', 'output'];

/** Warns of texts in Templates that would be refs to the entity: defaults of forms, inputs of actions. */
export async function warnOfTemplates(plan: PlanBuilder, from: CompoundEntityRef): Promise<void> {
  const { catalog } = plan.context;
  const files = new Set([...catalog.entities('Template')].flatMap(({ file }) => file ?? []));
  for (const file of files) {
    const text = await plan.text(file);
    for (const placed of text ? documentsOf(text) : []) {
      if (!placed.part.source.toLowerCase().includes(from.name.toLowerCase())) continue;
      if (descriptorOf(placed.part, catalog.kinds)?.kind !== 'Template') continue;
      for (const leaf of leavesOf(placed) ?? []) {
        if (!isFilledIn(leaf) || !namesEntity(leaf, from)) continue;
        plan.warn(
          `${plan.nameOf(file)} names it in ${pathOf(leaf)}, which stays as it is, as only the template knows what it is for.`,
        );
      }
    }
  }
}

function isFilledIn({ path: [root, part] }: Leaf): boolean {
  return root === 'spec' && typeof part === 'string' && PARTS.includes(part);
}

/** Whether a text that nobody says is a ref is one: it names its kind, as anything else may be any text. */
export function namesEntity(leaf: Leaf, from: CompoundEntityRef): boolean {
  const read = readEntityRef(textOf(leaf));
  return read.ok && isSame(read.value, from);
}
