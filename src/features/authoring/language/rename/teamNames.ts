import { dirnameUri, isWithin } from '../../../../base';
import { codeownersUris, ownerSpans } from '../../../scm/core/codeowners';
import type { PlanBuilder } from './planBuilder';

/**
 * The team of a group on GitHub under the group's new name. The entity and the team are two things, and
 * who renames one may not rename the other: so it is only proposed, to be confirmed in the preview,
 * and only where both have had the same name. Where they differ, the annotation still says which team
 * it is, and neither it nor CODEOWNERS need change.
 *
 * @param slug - `ORG/TEAM`, the value of `github.com/team-slug`
 */
export function renamedTeam(slug: string, from: string, to: string): string | undefined {
  const slash = slug.lastIndexOf('/');
  const team = slug.slice(slash + 1);
  if (slash <= 0 || from === to || team.toLowerCase() !== from.toLowerCase()) return undefined;
  return `${slug.slice(0, slash + 1)}${team === from ? to : to.toLowerCase()}`;
}

/** Changes the lines of CODEOWNERS files that name a team. */
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

/** The folders that may be a repository: those around the file, and those that other files must not leave. */
export function rootsAround(file: string, { context }: PlanBuilder): ReadonlySet<string> {
  const roots = new Set<string>();
  const boundary = context.boundaryOf(file);
  for (let folder = dirnameUri(file); isWithin(boundary, folder); folder = dirnameUri(folder)) {
    roots.add(folder);
    if (folder === dirnameUri(folder)) break;
  }
  for (const other of context.catalog.files()) roots.add(context.boundaryOf(other));
  return roots;
}
