import { isRecord } from '../../../../base';
import { ANNOTATION_SOURCE_LOCATION, type Release } from '../../../../model';
import { exists } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import type { DescribedAction } from '../../../plugins/core';
import {
  type ActionRegistry,
  actionsOfRelease,
  backstageActions,
  combinedActions,
  declaredActions,
  type FetchSource,
  type FieldPath,
  fetchSources,
  isTemplate,
  knownActions,
  templateIssues,
  templateModel,
} from '../../../templates/core';
import type { DocumentReport } from '../ingest/documentReport';
import type { Sighting } from '../records';
import { resolveReference } from '../locations';
import { releaseIssues } from './releases';

/** Place of a Template. */
interface TemplatePlace {
  /** URI of the file. */
  readonly base: string;
  readonly boundary: string;
  readonly fileSystem: FileSystem;
}

/**
 * Reports the problems of a Template: steps that would fail or have no effect. In a separate bundle
 * with the schemas of all actions.
 *
 * @param document - parsed document
 * @returns places that were checked
 */
export async function checkTemplate(
  document: unknown,
  report: DocumentReport,
  {
    scaffolderActions,
    describedActions = noActions,
    release,
    place,
  }: {
    readonly scaffolderActions: readonly string[];
    readonly describedActions?: readonly DescribedAction[] | undefined;
    /** Undefined: the latest one. */
    readonly release?: Release | undefined;
    /** Undefined if paths aren't checked. */
    readonly place: TemplatePlace | undefined;
  },
): Promise<readonly Sighting[]> {
  const outdated = releaseIssues(document, release);
  if (!isTemplate(document)) {
    for (const issue of outdated) report.add(issue);
    return [];
  }
  const model = templateModel(document);
  const isEarly = (at: FieldPath): boolean =>
    outdated.some(({ code, path }) => code === 'unsupported-field' && isSamePath(path, at));
  // A release doesn't know its later actions and inputs.
  const actions = actionsWith({
    declared: scaffolderActions,
    described: describedActions,
    release,
  });
  const issues = templateIssues(model, actions).filter(({ path }) => !isEarly(path));
  for (const issue of issues) report.add(issue);
  for (const issue of outdated) {
    // An input that the action no longer has is reported in Backstage's words.
    if (!issues.some(({ path }) => isSamePath(path, issue.path))) report.add(issue);
  }
  const sightings: Sighting[] = [];
  if (!place || hasOtherSource(document)) return sightings;
  for (const source of fetchSources(model)) {
    const { message, sighting } = await lookFor(source, place);
    if (sighting) sightings.push(sighting);
    if (message !== undefined) {
      report.add({ code: 'template-source-missing', message, path: source.path });
    }
  }
  return sightings;
}

function isSamePath(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

const noActions: readonly DescribedAction[] = [];

/** Actions besides those of the latest Backstage. */
interface OtherActions {
  /** Ids of the settings. */
  readonly declared: readonly string[];
  /** Actions of plugins. */
  readonly described: readonly DescribedAction[];
  readonly release: Release | undefined;
}

let known: (OtherActions & { readonly actions: ActionRegistry }) | undefined;

/** Returns the actions, cached while the settings and plugins are unchanged. */
function actionsWith({ declared, described, release }: OtherActions): ActionRegistry {
  const isSame =
    known?.declared === declared && known.described === described && known.release === release;
  if (!known || !isSame) {
    const actions = combinedActions([
      actionsOfRelease(backstageActions, release),
      knownActions(described),
      declaredActions(declared),
    ]);
    known = { declared, described, release, actions };
  }
  return known.actions;
}

/** Whether paths are relative to another source location, which may be remote. */
function hasOtherSource({ metadata }: Readonly<Record<string, unknown>>): boolean {
  const annotations = isRecord(metadata) ? metadata['annotations'] : undefined;
  return isRecord(annotations) && Object.hasOwn(annotations, ANNOTATION_SOURCE_LOCATION);
}

async function lookFor(
  { place: written }: FetchSource,
  place: TemplatePlace,
): Promise<{ readonly message?: string; readonly sighting?: Sighting }> {
  const target = resolveReference(written, place);
  if (target.type === 'remote') return {};
  if (target.type === 'outside') return { message: `${written} leads out of the repository` };
  const isThere = await exists(target.uri, place.fileSystem);
  const sighting = { uri: target.uri, isThere };
  return isThere
    ? { sighting }
    : { sighting, message: `${written} leads to nothing that is there` };
}
