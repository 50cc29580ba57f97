import { isWithin } from '../../../../../base';
import { isPattern } from '../../../../../platform/core/globs';
import { pathBetween } from '../../../../catalog/core/targets';
import { addTarget, applyOffsetEdits } from '../../../core/edits';
import { fileText } from '../../documents/fileText';
import { type PlacedPart, YamlText } from '../../documents/yamlText';
import type { TextRequest } from '../../languageProvider';
import { fileTargetsIn } from '../../navigation/fileTargets';
import { globMatches } from '../../navigation/globMatches';
import type { FileChange } from '../workspaceEdits';

/** A document that is a Location. */
export interface LocationDocument {
  readonly name: string;
  readonly text: YamlText;
  readonly placed: PlacedPart;
}

/** So many are read to answer what can be done at a place. */
const MAX_LOCATIONS = 20;

/** The Locations of the workspace, those that are the nearest to the file first; 20 at most. */
export async function locationsNear(request: TextRequest): Promise<readonly LocationDocument[]> {
  const { text, context, signal } = request;
  const boundary = context.boundaryOf(text.uri);
  const near = [...context.catalog.entities('location')]
    .flatMap(({ name, file, place }) =>
      file !== undefined && place && isWithin(boundary, file)
        ? [{ name, file, document: place.document, steps: pathBetween(file, text.uri).length }]
        : [],
    )
    .sort((a, b) => a.steps - b.steps || (a.file < b.file ? -1 : 1))
    .slice(0, MAX_LOCATIONS);
  const found: LocationDocument[] = [];
  for (const { name, file, document } of near) {
    if (signal.aborted) return [];
    const read = file === text.uri ? text : await fileText(file, context);
    const placed = read?.parts[document];
    if (read && placed?.part.textAt('metadata', 'name') === name) {
      found.push({ name, text: read, placed });
    }
  }
  return found;
}

/** The Locations that name a file itself, and not by a pattern. */
export async function leadingTo(
  uri: string,
  request: TextRequest,
): Promise<readonly LocationDocument[]> {
  const locations = await locationsNear(request);
  return locations.filter(({ text, placed }) =>
    fileTargetsIn(placed, text, request.context).some(({ file }) => file === uri),
  );
}

/** Whether a Location leads to a file, by a pattern or by name. */
export function leadsTo(
  { text, placed }: Pick<LocationDocument, 'text' | 'placed'>,
  uri: string,
  { context }: TextRequest,
): boolean {
  return fileTargetsIn(placed, text, context).some(
    ({ file, folder, pattern }) =>
      file === uri ||
      (folder !== undefined &&
        pattern !== undefined &&
        globMatches(folder, pattern, context).includes(uri)),
  );
}

/** The Location with a file among its targets; undefined where it cannot be put there. */
export function withTarget(
  { text, placed }: LocationDocument,
  uri: string,
  { context }: TextRequest,
): FileChange | undefined {
  const path = pathBetween(text.uri, uri).join('/');
  const target = path.startsWith('../') ? path : `./${path}`;
  if (isPattern(target)) return undefined;
  const { part, start } = placed;
  const added = addTarget(part.source, part.documentIndex, { location: part.value, target });
  if (!added.ok || !added.value) return undefined;
  const edit = added.value;
  const shifted = { ...edit, start: edit.start + start, end: edit.end + start };
  const changed = new YamlText(
    { uri: text.uri, version: text.version, text: applyOffsetEdits(text.text, [shifted]) },
    text,
  );
  const after = changed.parts[placed.index];
  const isLedTo = after && fileTargetsIn(after, changed, context).some(({ file }) => file === uri);
  return isLedTo ? { uri: text.uri, text: text.text, edits: [shifted] } : undefined;
}
