import { linkTarget, translate } from '../../../../base';
import { TECHDOCS_ENTITY, TECHDOCS_REF } from '../../../../model/presentation';
import type { CatalogEntity } from '../catalogView';
import type { LanguageContext } from '../languageProvider';
import { type DeclarationPlace, declarationOf } from '../mentions/places';

/** An action on an entity in a text: a command with its ref as argument. */
export interface EntityAction {
  readonly id: 'page' | 'open' | 'dependents' | 'docs' | 'graph';
  readonly command: string;
  readonly title: string;
  /** Whether the action applies to an entity; default: always. */
  readonly accepts?: (entity: CatalogEntity) => boolean;
}

/** Actions in the displayed order, if their commands exist. */
const rows = [
  { id: 'page', command: 'callboard.entity.openPage', title: 'Open page' },
  { id: 'open', command: 'callboard.entity.open', title: 'Open definition' },
  { id: 'dependents', command: 'callboard.entity.showDependents', title: 'Show dependents' },
  { id: 'docs', command: 'callboard.entity.openDocs', title: 'Docs', accepts: hasDocs },
  { id: 'graph', command: 'callboard.entity.showGraph', title: 'Graph' },
] as const satisfies readonly EntityAction[];

export function entityActions(): readonly EntityAction[] {
  return rows.map(row => ({ ...row, title: translate(row.title) }));
}

/** Returns the actions on an entity that the client supports. */
export function actionsFor(
  entity: CatalogEntity,
  { commands }: LanguageContext,
): readonly EntityAction[] {
  return entityActions().filter(
    ({ command, accepts }) => commands?.has(command) && (accepts?.(entity) ?? true),
  );
}

/** Returns the action of a link to an entity: opening its page, or else its definition. */
export function linkedAction({ commands }: LanguageContext): EntityAction | undefined {
  return entityActions().find(
    ({ id, command }) => (id === 'page' || id === 'open') && commands?.has(command),
  );
}

/** Returns an action if the client supports it for an entity. */
export function actionFor(
  id: EntityAction['id'],
  entity: CatalogEntity,
  context: LanguageContext,
): EntityAction | undefined {
  return actionsFor(entity, context).find(action => action.id === id);
}

/** Returns the target of a Markdown link that runs a command with one argument. */
export function commandLink(command: string, argument: string): string {
  return linkTarget(`command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`);
}

/** Returns the target of a Markdown link to an entity's declaration; undefined for entities without a file. */
export function fileLink(ref: string, context: LanguageContext): string | undefined {
  const place = declarationOf(ref, { context });
  return place && lineLink(place);
}

/** Returns the target of a Markdown link to the name of an entity in a file. */
export function lineLink({
  file,
  nameRange,
}: Pick<DeclarationPlace, 'file' | 'nameRange'>): string {
  return linkTarget(`${file}#L${nameRange.start.line + 1}`);
}

/** Whether the entity has an annotation with the location of its docs. */
export function hasDocs({ annotations }: CatalogEntity): boolean {
  return [TECHDOCS_REF, TECHDOCS_ENTITY].some(
    key => annotations && Object.hasOwn(annotations, key),
  );
}
