import { CodeActionKind } from 'vscode-languageserver-types';
import { basenameUri, childUri, dirnameUri, isWithin } from '../../../../../base';
import {
  type CompoundEntityRef,
  DEFAULT_NAMESPACE,
  type Problem,
  shortenEntityRef,
} from '../../../../../model';
import { validateEntity } from '../../../../../model/validation';
import { isPattern } from '../../../../../platform/core/globs';
import { displayName, pathBetween } from '../../../../catalog/core/targets';
import {
  addTarget,
  applyOffsetEdits,
  lineEndOf,
  type OffsetEdit,
  setField,
} from '../../../core/edits';
import { kindSnippets, shortRefTo, snippetFacts } from '../../completion/snippets/kindSnippets';
import { filledSnippet, plainOrQuoted } from '../../completion/yamlScalars';
import { descriptorOf } from '../../descriptors/descriptor';
import { refAt, refsIn, type WrittenRef } from '../../descriptors/writtenRefs';
import { cursorAt } from '../../documents/cursor';
import { fileText } from '../../documents/fileText';
import { YamlPart } from '../../documents/yamlPart';
import { type PlacedPart, YamlText } from '../../documents/yamlText';
import type { CodeActionRequest, TextRequest } from '../../languageProvider';
import { refParts } from '../../mentions/mention';
import { fileTargetsIn } from '../../navigation/fileTargets';
import { globMatches } from '../../navigation/navigationProvider';
import type { ActionSource, OfferedAction } from '../actionSource';
import { suggestionEdit } from '../fields/useSuggestion';
import { editOfPart, type FileChange } from '../workspaceEdits';

/** More are no choice. */
const MAX_KINDS = 3;

/** The entity that a ref leads to and that does not exist: in the same file, or in one beside it. */
export const createEntity: ActionSource = async request => {
  const { text, problems, context } = request;
  const problem = problems.find(({ code }) => code === 'dangling-reference');
  // What is written already and has errors is to be mended, and not to be there twice.
  if (!problem || problem.related?.length) return [];
  const ref = refAt(text, text.offsetAt(problem.range.start), context.catalog.kinds);
  if (!ref?.target || ref.targetRef === undefined || ref.descriptor.isTemplated) return [];
  // It is there, and only has errors.
  if (context.catalog.failed(ref.targetRef).length) return [];
  const actions: OfferedAction[] = [];
  for (const kind of kindsFor(ref, request)) {
    if (request.signal.aborted) return [];
    actions.push(...(await actionsFor(request, { ...ref.target, kind }, { ref, problem })));
  }
  return actions;
};

interface Origin {
  readonly ref: WrittenRef;
  readonly problem: Problem;
}

async function actionsFor(
  request: CodeActionRequest,
  target: CompoundEntityRef,
  { ref, problem }: Origin,
): Promise<readonly OfferedAction[]> {
  const { text, context } = request;
  const owner = refsIn(ref.placed, context.catalog.kinds).find(
    ({ field }) => field.field === 'spec.owner',
  )?.targetRef;
  const descriptor = await newDescriptor(request, target, owner);
  if (descriptor === undefined) return [];
  const reference = refEdit(text, target, { ref, problem });
  if (reference === 'unsafe') return [];
  const label = `Create ${target.kind} "${target.name}"`;
  const edits = reference ? [reference] : [];
  const lineEnd = lineEndOf(text.text);
  const content = descriptor.replaceAll('\n', lineEnd);
  const file = await newFile(request, target.name);
  const appended = { start: text.text.length, end: text.text.length };
  return [
    {
      title: `${label} in this file`,
      problems: [problem],
      changes: [
        {
          uri: text.uri,
          text: text.text,
          edits: [...edits, { ...appended, text: `${separator(text.text, lineEnd)}${content}` }],
        },
      ],
    },
    {
      title: `${label} in ${basenameUri(file)}`,
      problems: [problem],
      changes: [
        { uri: file, content },
        ...(edits.length ? [{ uri: text.uri, text: text.text, edits }] : []),
        ...(await followedBy(request, file)),
      ],
    },
  ];
}

/** The kind that the ref names, else those that its field is for, what it takes for granted first. */
function kindsFor({ scalar, field, target }: WrittenRef, { context }: CodeActionRequest): string[] {
  const { defaultKind, kinds = [] } = field;
  const named = refParts(scalar.value).kind ? target?.kind : undefined;
  const accepted = named === undefined ? [defaultKind ?? '', ...kinds] : [named];
  const known = context.catalog.kinds.knownKinds().map(({ kind }) => kind);
  const found = accepted.flatMap(
    name => known.find(kind => kind.toLowerCase() === name.toLowerCase()) ?? [],
  );
  const fitting = found.filter(kind => !kinds.length || kinds.includes(kind));
  return [...new Set(fitting)].slice(0, MAX_KINDS);
}

/** What makes the ref lead to the new entity; undefined where it does so by itself. */
function refEdit(
  text: YamlText,
  { kind, namespace, name }: CompoundEntityRef,
  { ref, problem }: Origin,
): OffsetEdit | 'unsafe' | undefined {
  if (kind.toLowerCase() === ref.target?.kind.toLowerCase()) return undefined;
  const written = shortenEntityRef({ kind: kind.toLowerCase(), namespace, name }, ref.field);
  return suggestionEdit(text, problem, written) ?? 'unsafe';
}

/** What stands between the documents of a file and one more. */
function separator(text: string, lineEnd: string): string {
  if (/(?:^|[\r\n])---[ \t]*(?:\r\n|\n|\r)$/.test(text)) return '';
  return `${/[\r\n]$/.test(text) || text === '' ? '' : lineEnd}---${lineEnd}`;
}

/**
 * A file that does not exist, beside that of the ref and named as that is: what finds the one finds the
 * other.
 */
async function newFile({ text, context }: CodeActionRequest, name: string): Promise<string> {
  const folder = dirnameUri(text.uri);
  const own = basenameUri(text.uri);
  const prefix = /^catalog-info(?=[.-])/i.exec(own)?.[0];
  const extension = /\.ya?ml$/i.exec(own)?.[0] ?? '.yaml';
  const stem = prefix === undefined ? name : `${prefix}-${name}`;
  for (let number = 1; ; number++) {
    const uri = childUri(folder, `${stem}${number === 1 ? '' : `-${number}`}${extension}`);
    if (!context.openText(uri) && !(await context.files.stat(uri))) return uri;
  }
}

/** Where Locations name the file of the ref, they name the new one as well. */
async function followedBy(
  request: CodeActionRequest,
  file: string,
): Promise<readonly FileChange[]> {
  const { text } = request;
  const locations = await leadingTo(text.uri, request);
  return locations.flatMap(location => withTarget(location, file, request) ?? []);
}

/**
 * A descriptor of an entity that is not there yet, as it stands near a text; undefined where none could
 * be written that is valid: of a kind that is not known, or for a name that no entity can have.
 *
 * @param target - its kind in any letter case
 * @param owner - a full ref; undefined: whoever owns most of what is near
 */
async function newDescriptor(
  request: TextRequest,
  target: CompoundEntityRef,
  owner: string | undefined,
): Promise<string | undefined> {
  const { catalog } = request.context;
  const { kind, namespace, name } = target;
  const facts = await snippetFacts(request, namespace);
  const owners =
    owner !== undefined && catalog.has(owner)
      ? [
          plainOrQuoted(
            shortRefTo(owner, catalog, { defaultKind: 'Group', defaultNamespace: namespace }),
          ),
        ]
      : facts.owners;
  const snippet = kindSnippets(catalog.kinds, {
    ...facts,
    owners,
    name: () => plainOrQuoted(name),
    // A file that defines an API already defines no other.
    definitions: new Map(),
  }).find(candidate => candidate.kind.toLowerCase() === kind.toLowerCase());
  if (!snippet) return undefined;
  const text = filledSnippet(`apiVersion: ${snippet.apiVersion}\n${snippet.body}`);
  const written = namespace === DEFAULT_NAMESPACE ? text : inNamespace(text, namespace);
  if (written === undefined) return undefined;
  const issues = validateEntity(new YamlPart(written).value, { kinds: catalog.kinds });
  return issues.length ? undefined : written;
}

function inNamespace(text: string, namespace: string): string | undefined {
  const edit = setField(text, { document: 0, path: ['metadata', 'namespace'], value: namespace });
  return edit.ok && edit.value ? applyOffsetEdits(text, [edit.value]) : undefined;
}

/** A document that is a Location. */
interface LocationDocument {
  readonly name: string;
  readonly text: YamlText;
  readonly placed: PlacedPart;
}

/** So many are read to answer what can be done at a place. */
const MAX_LOCATIONS = 20;

/** The Locations of the workspace, those that are the nearest to the file first; 20 at most. */
async function locationsNear(request: TextRequest): Promise<readonly LocationDocument[]> {
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
async function leadingTo(uri: string, request: TextRequest): Promise<readonly LocationDocument[]> {
  const locations = await locationsNear(request);
  return locations.filter(({ text, placed }) =>
    fileTargetsIn(placed, text, request.context).some(({ file }) => file === uri),
  );
}

/** Whether a Location leads to a file, by a pattern or by name. */
function leadsTo(
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
function withTarget(
  { text, placed }: LocationDocument,
  uri: string,
  { context }: TextRequest,
): FileChange | undefined {
  const path = pathBetween(text.uri, uri).join('/');
  const target = path.startsWith('../') ? path : `./${path}`;
  if (isPattern(target)) return undefined;
  const edit = editOfPart(placed, (source, index) =>
    addTarget(source, index, { location: placed.part.value, target }),
  );
  if (!edit) return undefined;
  const changed = new YamlText(
    { uri: text.uri, version: text.version, text: applyOffsetEdits(text.text, [edit]) },
    text,
  );
  const after = changed.parts[placed.index];
  const isLedTo = after && fileTargetsIn(after, changed, context).some(({ file }) => file === uri);
  return isLedTo ? { uri: text.uri, text: text.text, edits: [edit] } : undefined;
}

/** Where a descriptor says what it is. */
const PLACES = ['apiVersion', 'kind', 'metadata.name'];

/** More are no choice. */
const MAX_ACTIONS = 3;

/** Has a Location that does not lead to the file do so. */
export const addToLocation: ActionSource = async request => {
  const { text, range, context } = request;
  const cursor = cursorAt(text, text.offsetAt(range.start));
  if (!cursor || !PLACES.includes(cursor.path.join('.'))) return [];
  const descriptor = descriptorOf(cursor.placed.part, context.catalog.kinds);
  if (!descriptor || descriptor.isTemplated) return [];
  const boundary = context.boundaryOf(text.uri);
  const actions: OfferedAction[] = [];
  for (const location of await locationsNear(request)) {
    if (location.text.uri === text.uri || leadsTo(location, text.uri, request)) continue;
    const change = withTarget(location, text.uri, request);
    if (!change) continue;
    actions.push({
      title: `Add this file to Location "${location.name}" in ${displayName(location.text.uri, boundary)}`,
      kind: CodeActionKind.Refactor,
      changes: [change],
    });
    if (actions.length === MAX_ACTIONS) break;
  }
  return actions;
};
