import { linkTarget } from '../../../../base';
import { TECHDOCS_ENTITY, TECHDOCS_REF } from '../../../../model/presentation';
import type { CatalogEntity } from '../catalogView';
import type { LanguageContext } from '../languageProvider';
import { type DeclarationPlace, declarationOf } from '../mentions/places';

/** Something that can be done with an entity from its text: a command that takes its ref. */
export interface EntityAction {
  readonly id: 'page' | 'open' | 'dependents' | 'docs' | 'graph';
  readonly command: string;
  readonly title: string;
  /** Which entities it makes sense for; default: all. */
  readonly accepts?: (entity: CatalogEntity) => boolean;
}

/** In the order in which they are offered, where their commands exist. */
export const entityActions: readonly EntityAction[] = [
  { id: 'page', command: 'callboard.entity.openPage', title: 'Open page' },
  { id: 'open', command: 'callboard.entity.open', title: 'Open definition' },
  { id: 'dependents', command: 'callboard.entity.showDependents', title: 'Show dependents' },
  { id: 'docs', command: 'callboard.entity.openDocs', title: 'Docs', accepts: hasDocs },
  { id: 'graph', command: 'callboard.entity.showGraph', title: 'Graph' },
];

/** What can be done with an entity in this client. */
export function actionsFor(
  entity: CatalogEntity,
  { commands }: LanguageContext,
): readonly EntityAction[] {
  return entityActions.filter(
    ({ command, accepts }) => commands?.has(command) && (accepts?.(entity) ?? true),
  );
}

/** What a link to an entity runs in this client: its page, or else its definition. */
export function linkedAction({ commands }: LanguageContext): EntityAction | undefined {
  return entityActions.find(
    ({ id, command }) => (id === 'page' || id === 'open') && commands?.has(command),
  );
}

/** The action as it can be had for an entity; undefined where it cannot. */
export function actionFor(
  id: EntityAction['id'],
  entity: CatalogEntity,
  context: LanguageContext,
): EntityAction | undefined {
  return actionsFor(entity, context).find(action => action.id === id);
}

/** The target of a Markdown link that runs a command with one argument. */
export function commandLink(command: string, argument: string): string {
  return linkTarget(`command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`);
}

/** The target of a Markdown link to where an entity is declared; undefined for those in no file. */
export function fileLink(ref: string, context: LanguageContext): string | undefined {
  const place = declarationOf(ref, { context });
  return place && lineLink(place);
}

/** The target of a Markdown link to the name of an entity in a file. */
export function lineLink({
  file,
  nameRange,
}: Pick<DeclarationPlace, 'file' | 'nameRange'>): string {
  return linkTarget(`${file}#L${nameRange.start.line + 1}`);
}

/** Whether it says where its documentation is. */
export function hasDocs({ annotations }: CatalogEntity): boolean {
  return [TECHDOCS_REF, TECHDOCS_ENTITY].some(
    key => annotations && Object.hasOwn(annotations, key),
  );
}
