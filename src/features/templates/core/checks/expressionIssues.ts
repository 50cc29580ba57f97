import { isRecord } from '../../../../base';
import { firstNames, nearNames } from '../../../../platform/core';
import type { ActionRegistry } from '../actions/actionRegistry';
import { templateFilterNames, templateGlobalNames } from '../expressions/builtinNames';
import type { MemberPath } from '../expressions/walk';
import { schemaProperties, type SchemaProperties } from '../schemaProperties';
import type { TemplateModel, TemplateStep } from '../templateModel';
import type { ParsedText } from '../templateTexts';
import { customFieldParameters } from './customFields';
import { eachIssue } from './stepIssues';
import { type TemplateIssue, withLikelySuggestions, withSuggestions } from './templateIssue';

/** Reports expressions with syntax errors and unresolved references. */
export function expressionIssues(
  texts: readonly ParsedText[],
  model: TemplateModel,
  actions: ActionRegistry,
): readonly TemplateIssue[] {
  const check = new ExpressionCheck(model, actions);
  return texts.flatMap(text => check.issuesOf(text));
}

/** Global names. The properties of `user`, `context` and `environment` are not checked. */
const ROOTS = ['parameters', 'steps', 'user', 'context', 'environment'];

/** Functions about the status of earlier steps. */
const STATUS_FUNCTIONS = ['always', 'failure'];

const FUNCTIONS: ReadonlySet<string> = new Set([...templateGlobalNames, ...STATUS_FUNCTIONS]);

class ExpressionCheck {
  #model: TemplateModel;
  #actions: ActionRegistry;
  /** The first step of each id. */
  #steps = new Map<string, TemplateStep>();
  #repeated = new Set<string>();
  #customFieldParameters: ReadonlySet<string> | undefined;
  #outputs = new Map<string, SchemaProperties | undefined>();

  constructor(model: TemplateModel, actions: ActionRegistry) {
    this.#model = model;
    this.#actions = actions;
    for (const step of model.steps) {
      if (this.#steps.has(step.id)) this.#repeated.add(step.id);
      else this.#steps.set(step.id, step);
    }
  }

  issuesOf(text: ParsedText): readonly TemplateIssue[] {
    const { parsed, names, path } = text;
    const [error] = parsed.errors;
    const issues: Found[] = [];
    // Only the first error, as in Backstage. Others may be its consequences.
    if (error && hasExpression(text)) {
      issues.push({ code: 'expression-syntax', message: error.message, span: error });
    }
    for (const { name } of error ? [] : names.filters) {
      if (templateFilterNames.has(name.name)) continue;
      const message = `Unknown template filter "${name.name}"`;
      const details = withLikelySuggestions(message, nearNames(name.name, templateFilterNames));
      issues.push({ code: 'unknown-filter', ...details, span: name });
    }
    for (const member of names.paths) {
      const found = member.binding ? undefined : this.#issueOfPath(member, text);
      if (found) issues.push({ code: 'unresolved-expression', ...found });
    }
    const each = this.#issueOfEach(text);
    return [
      ...issues.map(({ span: { start, end }, ...issue }) => ({
        ...issue,
        path,
        at: 'value' as const,
        ...(end > start && { span: { start, end } }),
      })),
      ...(each ? [each] : []),
    ];
  }

  #issueOfPath(member: MemberPath, text: ParsedText): Unresolved | undefined {
    const [root, first] = member.names;
    // An incomplete expression, such as `parameters.`, is already a syntax error.
    if (member.names.some(({ name }) => name === '')) return undefined;
    switch (root.name) {
      case 'parameters':
        return this.#issueOfParameter(member);
      case 'steps':
        return this.#issueOfStep(member, text);
      case 'secrets':
        return knowsSecrets(text)
          ? undefined
          : { message: 'secrets are available only in the input of steps', span: root };
      case 'each':
        return issueOfEachPath(member, text);
      default:
        if (ROOTS.includes(root.name) || text.place === 'when') return undefined;
        if (member.isGuarded || FUNCTIONS.has(root.name)) return undefined;
        return { ...this.#unknownRoot(root.name, first?.name), span: root };
    }
  }

  #issueOfParameter(member: MemberPath): Unresolved | undefined {
    const issue = issueOfProperties(member, 1, this.#model.parameters);
    if (!issue) return undefined;
    this.#customFieldParameters ??= customFieldParameters(this.#model);
    return this.#customFieldParameters.has(member.names[1]?.name ?? '') ? undefined : issue;
  }

  #unknownRoot(
    name: string,
    property: string | undefined,
  ): Pick<TemplateIssue, 'message' | 'suggestions' | 'severity'> {
    const message = `${name} is not available in a template`;
    if (this.#model.parameters.named.has(name))
      return withSuggestions(message, [`parameters.${name}`]);
    const isParameter = property !== undefined && this.#model.parameters.named.has(property);
    const near = nearNames(name, [...ROOTS, 'secrets', 'each', ...FUNCTIONS]);
    // `values` exists only in skeletons.
    if (name === 'values') return withSuggestions(message, isParameter ? ['parameters'] : []);
    return withLikelySuggestions(message, isParameter && !near.length ? ['parameters'] : near);
  }

  #issueOfStep(member: MemberPath, { step: own }: ParsedText): Unresolved | undefined {
    const [, id, output] = member.names;
    if (!id) return undefined;
    const step = this.#steps.get(id.name);
    if (!step) {
      if (this.#model.hasUnknownSteps || member.isGuarded) return undefined;
      return missing(member, 'is not a step of this template', this.#steps.keys());
    }
    if (own && step.index >= own.index) {
      const when = step.index === own.index ? 'is this step itself' : 'comes later';
      return { message: `steps.${id.name} ${when}, so it has no output yet`, span: id };
    }
    if (!output) return undefined;
    if (output.name !== 'output') {
      const message = `steps.${id.name} has output, but no ${output.name}`;
      return { ...withSuggestions(message, nearNames(output.name, ['output'])), span: output };
    }
    const isSure = !step.each && !this.#repeated.has(step.id);
    const known = isSure ? this.#outputOf(step) : undefined;
    return known && issueOfProperties(member, 3, known);
  }

  #outputOf({ action: id }: TemplateStep): SchemaProperties | undefined {
    if (id === undefined) return undefined;
    if (!this.#outputs.has(id)) {
      const schema = this.#actions.get(id)?.output;
      const isObject = isRecord(schema?.['properties']);
      // Outputs outside the schema don't exist.
      const { additionalProperties: _, ...named } = schema ?? {};
      this.#outputs.set(id, isObject ? schemaProperties([{ schema: named, path: [] }]) : undefined);
    }
    return this.#outputs.get(id);
  }

  /** Reports `each` over a parameter with a single value. */
  #issueOfEach({ place, path, text, parsed, step }: ParsedText): TemplateIssue | undefined {
    const [node, ...others] = parsed.nodes;
    if (place !== 'each' || !step || path !== step.each?.path || others.length) return undefined;
    if (node?.type !== 'output' || node.start > 0 || node.end < text.length) return undefined;
    const { expression } = node;
    if (expression.type !== 'member' || expression.object.type !== 'name') return undefined;
    if (expression.object.name !== 'parameters') return undefined;
    const parameter = this.#model.parameters.named.get(expression.property.name);
    const isSingle = parameter?.definitions.every(
      ({ schema }) =>
        isRecord(schema) && SINGLE.includes(String(schema['type'])) && !schema['ui:field'],
    );
    return isSingle ? eachIssue(step.each, step.action) : undefined;
  }
}

/**
 * Whether a syntax error matters. A text with only the start of a comment, such as `{#anchor}`, may be
 * intended.
 */
function hasExpression({ text }: ParsedText): boolean {
  return text.includes('${{') || text.includes('{%');
}

const SINGLE = ['string', 'number', 'integer', 'boolean'];

type Unresolved = Pick<TemplateIssue, 'message' | 'suggestions' | 'severity'> & {
  readonly span: { readonly start: number; readonly end: number };
};

type Found = Unresolved & Pick<TemplateIssue, 'code'>;

/** Issue of an unknown name after the root. */
function missing(
  { names: [root, property] }: MemberPath,
  why: string,
  known: Iterable<string>,
): Unresolved {
  const { name, end } = property ?? root;
  const message = `${root.name}.${name} ${why}`;
  const first = firstNames(known);
  // `steps.fetch-base` would be a subtraction.
  const longer = first.filter(other => other.startsWith(`${name}-`)).slice(0, MAX_FORMS);
  if (longer.length) {
    const forms = longer.map(other => `${root.name}['${other}']`);
    return {
      message: `${message}. Write names with "-" in brackets: ${forms.join(' or ')}`,
      suggestions: forms,
      span: { start: root.start, end },
    };
  }
  return { ...withSuggestions(message, nearNames(name, first)), span: property ?? root };
}

const MAX_FORMS = 3;

/**
 * Whether secrets are available. An `if` is evaluated before they are, unless it is evaluated for each item.
 * Source: `executeStep` of `NunjucksWorkflowRunner`.
 */
function knowsSecrets({ place, step }: ParsedText): boolean {
  return place === 'input' || place === 'each' || (place === 'if' && step?.each !== undefined);
}

function issueOfEachPath(member: MemberPath, { place, step }: ParsedText): Unresolved | undefined {
  const [root, property] = member.names;
  if (!step?.each || place === 'each') {
    return {
      message: 'each is available only in the input and if of a step with each',
      span: root,
    };
  }
  if (!property || property.name === 'key' || property.name === 'value') return undefined;
  const message = `each has key and value, but no ${property.name}`;
  return {
    ...withSuggestions(message, nearNames(property.name, ['key', 'value'])),
    span: property,
  };
}

/** Checks the properties of a path as far as they are known. */
function issueOfProperties(
  member: MemberPath,
  from: number,
  root: SchemaProperties,
): Unresolved | undefined {
  const { names, isCalled, isGuarded } = member;
  let properties = root;
  // A call at the end is a method, for example of a string.
  const end = isCalled ? names.length - 1 : names.length;
  for (const [index, identifier] of names.slice(0, end).entries()) {
    if (index < from) continue;
    const property = properties.named.get(identifier.name);
    if (!property) {
      if (properties.isOpen || isGuarded) return undefined;
      if (index === 1)
        return missing(member, 'is not a parameter of this template', properties.named.keys());
      const path = names.slice(0, index + 1).map(({ name }) => name);
      const message = `${path.join('.')} does not exist`;
      const near = nearNames(identifier.name, properties.named.keys());
      return { ...withSuggestions(message, near), span: identifier };
    }
    properties = property.properties;
  }
  return undefined;
}
