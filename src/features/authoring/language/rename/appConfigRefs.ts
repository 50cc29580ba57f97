import { basenameUri, childUri } from '../../../../base';
import { type CompoundEntityRef } from '../../../../model';
import { entriesOf } from '../completion/paths/folders';
import { pathOf } from './documentEdits';
import { documentsOf, leavesOf } from './leaves';
import type { PlanBuilder } from './planBuilder';
import { rootsAround } from './teamNames';
import { namesEntity } from './templateRefs';

const APP_CONFIG = /^app-config(?:\.[\w.-]+)?\.ya?ml$/;

/** As many folders as are looked into, and as deep; a Backstage lies near the top of its repository. */
const MAX_FOLDERS = 500;
const MAX_DEPTH = 2;

/**
 * Warns of refs to the entity in app-config.yaml: permissions, providers and plugins name groups and
 * users there, each in fields of its own.
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
        `${plan.nameOf(uri)} names it in ${pathOf(leaf)}, which stays as it is, as only the part of Backstage that reads it knows what it is for.`,
      );
    }
  }
}

/** Those that are open, and those in the folders around a file and shortly below the topmost. */
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
