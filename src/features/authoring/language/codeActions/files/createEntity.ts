import { CodeActionKind } from 'vscode-languageserver-types';
import { basenameUri, childUri, dirnameUri, isWithin, translate } from '../../../../../base';
import {
  type CompoundEntityRef,
  DEFAULT_NAMESPACE,
  type Problem,
  shortenEntityRef,
} from '../../../../../model';
import { validateEntity } from '../../../../../model/validation';
import { isPattern } from '../../../../../platform/core/globs';
import { displayName, pathBetween } from '../../../../catalog/core/locations';
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

/** The maximum number of offered kinds. */
const MAX_KINDS = 3;

/** Creates the missing entity of a ref: in the same file, or in a new one beside it. */
export const createEntity: ActionSource = async request => {
  const { text, problems, context } = request;
  const problem = problems.find(({ code }) => code === 'dangling-reference');
  // An existing descriptor with errors has to be fixed, not created again.
  if (!problem || problem.related?.length) return [];
  const ref = refAt(text, text.offsetAt(problem.range.start), context.catalog.kinds);
  if (!ref?.target || ref.targetRef === undefined || ref.descriptor.isTemplated) return [];
  // It exists, but has errors.
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
  const edits = reference ? [reference] : [];
  const lineEnd = lineEndOf(text.text);
  const content = descriptor.replaceAll('\n', lineEnd);
  const file = await newFile(request, target.name);
  const appended = { start: text.text.length, end: text.text.length };
  return [
    {
      title: translate('Create {0} "{1}" in this file', target.kind, target.name),
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
      title: translate('Create {0} "{1}" in {2}', target.kind, target.name, basenameUri(file)),
      problems: [problem],
      changes: [
        { uri: file, content },
        ...(edits.length ? [{ uri: text.uri, text: text.text, edits }] : []),
        ...(await followedBy(request, file)),
      ],
    },
  ];
}

/** Returns the kind in the ref, else the kinds of its field, the default one first. */
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

/** Returns the edit that makes the ref lead to the new entity; undefined if it does already. */
function refEdit(
  text: YamlText,
  { kind, namespace, name }: CompoundEntityRef,
  { ref, problem }: Origin,
): OffsetEdit | 'unsafe' | undefined {
  if (kind.toLowerCase() === ref.target?.kind.toLowerCase()) return undefined;
  const written = shortenEntityRef({ kind: kind.toLowerCase(), namespace, name }, ref.field);
  return suggestionEdit(text, problem, written) ?? 'unsafe';
}

/** Returns the separator before a new last document of a file. */
function separator(text: string, lineEnd: string): string {
  if (/(?:^|[\r\n])---[ \t]*(?:\r\n|\n|\r)$/.test(text)) return '';
  return `${/[\r\n]$/.test(text) || text === '' ? '' : lineEnd}---${lineEnd}`;
}

/** Returns a new file beside that of the ref, named like it, so that the same Location pattern finds both. */
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

/** Adds the new file to Locations that name the file of the ref. */
async function followedBy(
  request: CodeActionRequest,
  file: string,
): Promise<readonly FileChange[]> {
  const { text } = request;
  const locations = await leadingTo(text.uri, request);
  return locations.flatMap(location => withTarget(location, file, request) ?? []);
}

/**
 * Returns the descriptor of a new entity near a text; undefined if there can't be a valid one: for an unknown kind or
 * an invalid name.
 *
 * @param target - its kind in any letter case
 * @param owner - a full ref; undefined for the most frequent owner nearby
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
    // Files with definitions belong to other APIs.
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

/** A Location document. */
interface LocationDocument {
  readonly name: string;
  readonly text: YamlText;
  readonly placed: PlacedPart;
}

/** The maximum number of Locations that are read to offer actions. */
const MAX_LOCATIONS = 20;

/** Returns up to 20 Locations of the workspace, those nearest to the file first. */
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

/** Returns the Locations that name a file directly, not by a pattern. */
async function leadingTo(uri: string, request: TextRequest): Promise<readonly LocationDocument[]> {
  const locations = await locationsNear(request);
  return locations.filter(({ text, placed }) =>
    fileTargetsIn(placed, text, request.context).some(({ file }) => file === uri),
  );
}

/** Whether a Location leads to a file, by name or pattern. */
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

/** Returns a Location with an additional target; undefined if it can't be added. */
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

/** Fields of a descriptor at which the action is offered. */
const PLACES = ['apiVersion', 'kind', 'metadata.name'];

/** The maximum number of offered Locations. */
const MAX_ACTIONS = 3;

/** Adds the file to a Location that doesn't lead to it yet. */
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
      title: translate(
        'Add this file to Location "{0}" in {1}',
        location.name,
        displayName(location.text.uri, boundary),
      ),
      kind: CodeActionKind.Refactor,
      changes: [change],
    });
    if (actions.length === MAX_ACTIONS) break;
  }
  return actions;
};
