import { basenameUri, childUri, dirnameUri, isWithin, translate } from '../../../../base';
import { type CompoundEntityRef } from '../../../../model';
import { codeownersUris, ownerSpans } from '../../../scm/core/codeowners';
import { entriesOf } from '../completion/paths/folders';
import { pathOf } from './documentEdits';
import { documentsOf, leavesOf } from './leaves';
import type { PlanBuilder } from './planBuilder';
import { namesEntity } from './skeletonRefs';

const APP_CONFIG = /^app-config(?:\.[\w.-]+)?\.ya?ml$/;

/** Limits of the search; a Backstage is near the root of its repository. */
const MAX_FOLDERS = 500;
const MAX_DEPTH = 2;

/**
 * Warns of refs to the entity in app-config.yaml, where permissions, providers and plugins name groups and users in
 * fields of their own.
 *
 * @param file - of the entity
 */
export async function warnOfAppConfigs(
  plan: PlanBuilder,
  { file, from }: { readonly file: string; readonly from: CompoundEntityRef },
): Promise<void> {
  for (const uri of await appConfigsAround(file, plan)) {
    const text = await plan.text(uri);
    if (!text?.text.toLowerCase().includes(from.name.toLowerCase())) continue;
    for (const leaf of documentsOf(text).flatMap(placed => leavesOf(placed) ?? [])) {
      if (!namesEntity(leaf, from)) continue;
      plan.warn(
        translate(
          '{0} mentions the entity in {1}. Check it manually.',
          plan.nameOf(uri),
          pathOf(leaf),
        ),
      );
    }
  }
}

/** Returns the open configs, and those in the folders around a file and near the root. */
async function appConfigsAround(file: string, plan: PlanBuilder): Promise<readonly string[]> {
  const found = new Set(plan.openFiles.filter(uri => APP_CONFIG.test(basenameUri(uri))));
  const seen = new Set<string>();
  let level = [...rootsAround(file, plan)];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const below: string[] = [];
    for (const folder of level) {
      plan.check();
      if (seen.has(folder) || seen.size >= MAX_FOLDERS) continue;
      seen.add(folder);
      for (const { name, type, isSymbolicLink } of await entriesOf(plan.context.files, folder)) {
        if (type === 'directory' && !isSymbolicLink) below.push(childUri(folder, name));
        else if (type === 'file' && APP_CONFIG.test(name)) found.add(childUri(folder, name));
      }
    }
    level = below;
  }
  return [...found].sort();
}

/**
 * Returns the GitHub team slug for a group's new name, if the old slug matches the old name. Entity and team are
 * separate, and the user may not be allowed to rename the team: so this is only proposed in the preview. If the names
 * differ, the annotation and CODEOWNERS remain valid.
 *
 * @param slug - `ORG/TEAM`, the value of `github.com/team-slug`
 */
export function renamedTeam(slug: string, from: string, to: string): string | undefined {
  const slash = slug.lastIndexOf('/');
  const team = slug.slice(slash + 1);
  if (slash <= 0 || from === to || team.toLowerCase() !== from.toLowerCase()) return undefined;
  return `${slug.slice(0, slash + 1)}${team === from ? to : to.toLowerCase()}`;
}

/** Replaces a team in CODEOWNERS files. */
export async function renameInCodeowners(
  plan: PlanBuilder,
  { file, from, to }: { file: string; from: string; to: string },
): Promise<void> {
  for (const root of rootsAround(file, plan)) {
    for (const uri of codeownersUris(root)) {
      const text = await plan.text(uri);
      const edits = text ? ownerSpans(text.text, `@${from}`) : [];
      if (!text || !edits.length) continue;
      plan.add(
        text,
        edits.map(span => ({ ...span, text: `@${to}`, kind: 'codeowners' })),
      );
    }
  }
}

/** Returns possible repository roots: the folders around the file, and the boundaries of other files. */
function rootsAround(file: string, { context }: PlanBuilder): ReadonlySet<string> {
  const roots = new Set<string>();
  const boundary = context.boundaryOf(file);
  for (let folder = dirnameUri(file); isWithin(boundary, folder); folder = dirnameUri(folder)) {
    roots.add(folder);
    if (folder === dirnameUri(folder)) break;
  }
  for (const other of context.catalog.files()) roots.add(context.boundaryOf(other));
  return roots;
}
