import { CodeActionKind } from 'vscode-languageserver-types';
import { capitalize, isRecord, ownValue, translate } from '../../../base';
import type { Problem } from '../../../model';
import {
  type FieldValue,
  type OffsetEdit,
  removeField,
  replaceValue,
  setField,
} from '../../authoring/core/edits';
import {
  type CodeActionRequest,
  cursorAt,
  editAction,
  editOfPart,
  type FieldPath,
  isWanted,
  type LanguageProvider,
  type OfferedAction,
  positionInPart,
  suggestionEdit,
  toCodeAction,
  valueAt,
} from '../../authoring/language';
import {
  type ActionRegistry,
  type InputIssue,
  inputIssues,
  type JsonSchema,
  stepsWithDuplicateIds,
  type TemplateStep,
} from '../core';
import { expressionPath } from './templateCards';
import { actionOf, type TemplateDocument, templateDocument } from './templateDocument';

/** Quick fixes for steps that would fail and for missing parameters. */
export function createTemplateFixProvider({
  actions,
}: {
  /** Currently known actions. */
  readonly actions: () => ActionRegistry;
}): LanguageProvider {
  return {
    codeActions(request) {
      if (!isWanted(CodeActionKind.QuickFix, request.only)) return [];
      return request.problems
        .flatMap(problem => fixesFor(problem, request, actions()))
        .flatMap(offered => toCodeAction(offered, request) ?? []);
    },
  };
}

/** A problem of a Template with its location. */
interface Place {
  readonly problem: Problem;
  readonly request: CodeActionRequest;
  readonly document: TemplateDocument;
  readonly path: FieldPath;
}

type Fix = (place: Place) => readonly OfferedAction[];

const FIXES: Readonly<Record<string, Fix>> = {
  'invalid-action-input': inputFixes,
  'duplicate-step-id': idFixes,
  'unknown-required-parameter': requiredFixes,
  'unresolved-expression': parameterFixes,
};

function fixesFor(
  problem: Problem,
  request: CodeActionRequest,
  actions: ActionRegistry,
): readonly OfferedAction[] {
  const fix = ownValue(FIXES, problem.code);
  if (!fix) return [];
  const { text } = request;
  const offset = text.offsetAt(problem.range.start);
  const cursor = cursorAt(text, offset);
  const document = cursor && templateDocument(cursor.placed, actions);
  return document ? fix({ problem, request, document, path: cursor.path }) : [];
}

function inputFixes(place: Place): readonly OfferedAction[] {
  const { document, path, problem } = place;
  const step = document.model.steps.find(({ path: own }) => isStartOf(own, path));
  const action = step && actionOf(step, document);
  if (!step || !action?.input) return [];
  const { input } = step;
  const issue = inputIssues(input?.value ?? {}, action.input, [...step.path, 'input']).find(
    ({ message, path: at }) =>
      problem.message.startsWith(`Invalid input passed to action ${action.id}, ${message}`) &&
      (!input || isStartOf(at, path)),
  );
  if (!issue) return [];
  const { missing, allowed = [], isAdditional, path: at } = issue;
  // Suggestions are already offered, and are more likely.
  if (issue.suggestions?.length) return [];
  if (missing) return missingInput(place, { step, input: action.input, path: at, missing });
  if (allowed.length) return allowedValues(place, allowed);
  const isNothing = valueAt(document.placed.part.value, at) === null;
  return isAdditional || isNothing ? removalFixes(place, at) : typeFixes(place, issue);
}

function removalFixes(place: Place, path: FieldPath): readonly OfferedAction[] {
  const { placed } = place.document;
  const edit = editOfPart(placed, (source, document) => removeField(source, { document, path }));
  return fixOf(place, edit, translate('Remove {0}', path.at(-1) ?? ''), false);
}

function isStartOf(start: FieldPath, path: FieldPath): boolean {
  return start.every((segment, index) => segment === path[index]);
}

function missingInput(
  place: Place,
  {
    step,
    input,
    path,
    missing,
  }: {
    readonly step: TemplateStep;
    readonly input: JsonSchema;
    /** Path of the map with the missing property. */
    readonly path: FieldPath;
    readonly missing: readonly string[];
  },
): readonly OfferedAction[] {
  const isTop = path.length === step.path.length + 1;
  const properties = isTop && isRecord(input['properties']) ? input['properties'] : {};
  const found = missing.flatMap(name => {
    const schema = isRecord(properties[name]) ? properties[name] : {};
    const values = likelyInputs(name, { document: place.document, step, schema });
    return values.map(value => ({ name, value }));
  });
  return found.flatMap(({ name, value }) => {
    const edit = setEdit(place, [...path, name], value);
    const title =
      typeof value === 'string'
        ? translate('Add {0}: {1}', name, value)
        : translate('Add {0}', name);
    return fixOf(place, edit, title, found.length === 1);
  });
}

/** Maximum number of likely values. */
const MAX_LIKELY = 3;

/**
 * Likely values for a missing input: parameters or earlier outputs with a similar name, or else known values,
 * or else a new parameter.
 */
function likelyInputs(
  name: string,
  {
    document,
    step,
    schema,
  }: {
    readonly document: TemplateDocument;
    readonly step: TemplateStep;
    readonly schema: JsonSchema;
  },
): readonly FieldValue[] {
  const expressions = [
    ...[...document.model.parameters.named.keys()]
      .filter(other => isAlike(other, name))
      .map(other => ['parameters', other]),
    ...outputsBefore(step, document)
      .filter(([output]) => isAlike(output, name))
      .map(([output, id]) => ['steps', id, 'output', output]),
  ].map(path => `\${{ ${expressionPath(path)} }}`);
  if (expressions.length) return expressions.slice(0, MAX_LIKELY);
  const known = [schema['const'], schema['default'], ...listOf(schema['enum'])];
  const texts = known.filter(value => typeof value === 'string');
  if (texts.length) return [...new Set(texts)].slice(0, MAX_LIKELY);
  if (name === 'url' && step.action?.startsWith('fetch:')) return ['./skeleton'];
  if (schema['type'] === 'array') return [[]];
  if (schema['type'] === 'object') return [{}];
  return [`\${{ ${expressionPath(['parameters', name])} }}`];
}

/** Outputs of earlier steps, the last step first. */
function outputsBefore(
  { index }: TemplateStep,
  document: TemplateDocument,
): readonly (readonly [output: string, id: string])[] {
  const before = document.model.steps.filter(step => step.index < index).reverse();
  return before.flatMap(step => {
    const properties = actionOf(step, document)?.output?.['properties'];
    return isRecord(properties)
      ? Object.keys(properties).map(output => [output, step.id] as const)
      : [];
  });
}

/** Whether two names differ only in case and separators, such as `repo_url` and `repoUrl`. */
function isAlike(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/[-_]/g, '').toLowerCase();
  return plain(a) === plain(b);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Maximum number of allowed values to offer. */
const MAX_VALUES = 5;

function allowedValues(place: Place, allowed: readonly string[]): readonly OfferedAction[] {
  return allowed.slice(0, MAX_VALUES).flatMap(value => {
    const edit = suggestionEdit(place.request.text, place.problem, value);
    return fixOf(place, edit, translate('Change to "{0}"', value), false);
  });
}

function typeFixes(
  place: Place,
  { path, expectedTypes = [] }: InputIssue,
): readonly OfferedAction[] {
  const { document, problem, request } = place;
  const { text } = request;
  const { placed } = document;
  const start = text.offsetAt(problem.range.start);
  const end = text.offsetAt(problem.range.end);
  const value = valueAt(placed.part.value, path);
  if (typeof value === 'number' || typeof value === 'boolean') {
    if (!expectedTypes.includes('string')) return [];
    const written = text.text.slice(start, end);
    const position = positionInPart(placed, start);
    const edit = editOfPart(placed, source => replaceValue(source, position, written));
    return fixOf(place, edit, translate('Change to text: "{0}"', written), true);
  }
  if (typeof value !== 'string') return [];
  const literal = literalOf(value, expectedTypes);
  if (literal !== undefined) {
    return fixOf(place, { start, end, text: literal }, translate('Change to {0}', literal), true);
  }
  if (!expectedTypes.includes('array')) return [];
  const items = value.split(',').map(item => item.trim());
  return fixOf(place, setEdit(place, path, items), translate('Change to a list'), true);
}

/** The value of a quoted text without its quotes, if it fits. */
function literalOf(value: string, types: readonly string[]): string | undefined {
  if (types.includes('boolean') && /^(?:true|false)$/.test(value)) return value;
  const isNumber = types.includes('number') || types.includes('integer');
  return isNumber && /^-?(?:0|[1-9]\d*)$/.test(value) ? value : undefined;
}

/** Changes a duplicate id to a free one. Each duplicate gets another number. */
function idFixes(place: Place): readonly OfferedAction[] {
  const { document, path, problem, request } = place;
  const { steps } = document.model;
  const ids = new Set(steps.map(({ id }) => id));
  for (const step of stepsWithDuplicateIds(steps)) {
    if (!step.isIdWritten) continue;
    let number = 2;
    while (ids.has(`${step.id}-${number}`)) number++;
    const id = `${step.id}-${number}`;
    ids.add(id);
    if (step.index !== path[2]) continue;
    return fixOf(
      place,
      suggestionEdit(request.text, problem, id),
      translate('Change to "{0}"', id),
      true,
    );
  }
  return [];
}

/** Adds a required parameter that resembles no existing one. */
function requiredFixes(place: Place): readonly OfferedAction[] {
  const { document, path, problem } = place;
  if (problem.suggestions?.length) return [];
  const page = document.model.pages.find(({ path: own }) => isStartOf(own, path));
  const required = page?.required.find(({ path: own }) => isStartOf(own, path));
  return page && required ? addParameter(place, required.name, page.path) : [];
}

/** Adds an unknown parameter to the last page. */
function parameterFixes(place: Place): readonly OfferedAction[] {
  const { document, problem } = place;
  const name = /^parameters\.([\w-]+) is not a parameter of this template$/.exec(
    problem.message,
  )?.[1];
  if (name === undefined) return [];
  return addParameter(place, name, document.model.pages.at(-1)?.path ?? ['spec', 'parameters']);
}

function addParameter(place: Place, name: string, page: FieldPath): readonly OfferedAction[] {
  const value = { title: titleOf(name), type: 'string' };
  const edit = setEdit(place, [...page, 'properties', name], value);
  return fixOf(place, edit, translate('Add parameter {0}', name), false);
}

/** Title from a name: "Service Name" from `serviceName` or `service-name`. */
function titleOf(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_-]+/);
  return words.map(capitalize).join(' ');
}

function setEdit(
  { document: { placed } }: Place,
  path: FieldPath,
  value: FieldValue,
): OffsetEdit | undefined {
  return editOfPart(placed, (source, document) => setField(source, { document, path, value }));
}

function fixOf(
  { request: { text }, problem }: Place,
  edit: OffsetEdit | undefined,
  title: string,
  isPreferred: boolean,
): readonly OfferedAction[] {
  return editAction(text, edit, { title, problems: [problem], isPreferred });
}
