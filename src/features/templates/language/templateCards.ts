import { codeText, translate } from '../../../base';
import { type LanguageContext, markdownText } from '../../authoring/language';
import { examplesOfAction, type JsonSchema, type KnownAction } from '../core';
import type { TemplateBuiltin } from './expressions/builtins';
import { branchesOf, fieldsOf, textOf, typeText } from './jsonSchemas';
import type { TemplateName } from './templateNames';

/** Markdown about a name in an expression. */
export function nameCard(
  path: readonly string[],
  name: TemplateName,
  context: LanguageContext,
): string {
  const { schema = {}, step, kind } = name;
  const lines = [`**${code(expressionPath(path))}**${dashed(typeOfName(name))}`];
  const title = textOf(schema, 'title');
  if (title !== undefined) lines.push(markdownText(title, context));
  if (name.description !== undefined) lines.push(markdownText(name.description, context));
  if (kind === 'step' && step) {
    const { name: label, action } = step;
    const parts = [label && markdownText(label, context), action && code(action)];
    lines.push(parts.filter(Boolean).join(' · '));
  }
  lines.push(...factsOf(schema));
  if (kind === 'output' && step?.action !== undefined)
    lines.push(translate('Output of {0}.', code(step.action)));
  if (name.builtin) lines.push(...builtinLines(name.builtin));
  if (name.isUnavailable) lines.push(translate('_Not available here._'));
  return lines.filter(Boolean).join('\n\n');
}

function kindText(kind: TemplateName['kind']): string {
  switch (kind) {
    case 'parameter':
      return translate('parameter');
    case 'step':
      return translate('step');
    case 'output':
      return translate('output');
    case 'secret':
      return translate('secret');
    case 'function':
      return translate('function');
    default:
      return '';
  }
}

function typeOfName({ kind, schema, detail }: TemplateName): string {
  const type = schema ? typeText(schema) : kind === 'property' ? detail : undefined;
  return [kindText(kind), type && code(type)].filter(Boolean).join(' · ');
}

function dashed(text: string): string {
  return text ? ` — ${text}` : '';
}

/** Defaults and allowed values of a schema. */
export function factsOf(schema: JsonSchema): readonly string[] {
  const facts: string[] = [];
  const { default: filled, enum: values, pattern } = schema;
  const field = textOf(schema, 'ui:field');
  if (field !== undefined) facts.push(translate('Field: {0}', code(field)));
  if (filled !== undefined) facts.push(translate('Default: {0}', code(short(filled))));
  if (Array.isArray(values))
    facts.push(
      translate(
        'One of {0}',
        values
          .slice(0, 20)
          .map(value => code(short(value)))
          .join(', '),
      ),
    );
  if (typeof pattern === 'string') facts.push(translate('Pattern: {0}', code(pattern)));
  return facts;
}

const LONGEST_VALUE = 120;

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** Markdown about a filter, a test or a global. */
export function builtinCard(builtin: TemplateBuiltin): string {
  const origin = builtin.source === 'backstage' ? 'Backstage' : 'Nunjucks';
  return [
    `**${code(builtin.signature)}** — ${origin}`,
    builtin.description,
    ...builtinLines(builtin),
  ].join('\n\n');
}

function builtinLines({ example }: TemplateBuiltin): readonly string[] {
  return example ? [`\`\`\`\n${example[0]}\n→ ${example[1]}\n\`\`\``] : [];
}

/** Markdown about an action. */
export function actionCard(action: KnownAction, { hasExample }: { hasExample: boolean }): string {
  let card = knownCards.get(action);
  if (card === undefined) knownCards.set(action, (card = makeActionCard(action)));
  const [example] = hasExample ? examplesOfAction(action.id) : [];
  return example
    ? `${card}\n\n${translate('Example:')}\n\n\`\`\`yaml\n${example.example.trim()}\n\`\`\``
    : card;
}

/** Cards by action, because completion shows all of them. */
const knownCards = new WeakMap<KnownAction, string>();

function makeActionCard({ id, description, input, output }: KnownAction): string {
  const lines = [`**${code(id)}**`];
  if (description !== undefined) lines.push(description);
  lines.push(
    ...fieldLines(translate('Input:'), input, { marksRequired: true }),
    ...fieldLines(translate('Output:'), output, { marksRequired: false }),
  );
  return lines.join('\n\n');
}

function fieldLines(
  heading: string,
  schema: JsonSchema | undefined,
  { marksRequired }: { readonly marksRequired: boolean },
): readonly string[] {
  const fields = fieldsOf(branchesOf(schema));
  if (!fields.length) return [];
  const lines = fields.map(({ name, schema: field, isRequired }) => {
    const required = isRequired && marksRequired ? ` (${translate('required')})` : '';
    const description = textOf(field, 'description')?.replace(/\s+/g, ' ');
    return `- ${code(name)} ${code(typeText(field) || 'any')}${required}${dashed(description ?? '')}`;
  });
  return [heading, lines.join('\n')];
}

/** Markdown about an input of an action. */
export function inputCard(name: string, schema: JsonSchema, isRequired: boolean): string {
  const type = typeText(schema) || 'any';
  const description = textOf(schema, 'description');
  return [
    `**${code(name)}** — ${code(type)}${isRequired ? ` · ${translate('required')}` : ''}`,
    ...(description === undefined ? [] : [description]),
    ...factsOf(schema),
  ].join('\n\n');
}

/** Path in an expression: `steps['fetch-base'].output`. */
export function expressionPath(names: readonly string[]): string {
  return names.map((name, index) => (index === 0 ? name : memberText(name))).join('');
}

/** Name with its dot or brackets. */
export function memberText(name: string): string {
  if (/^\d*[A-Za-z_]\w*$/.test(name)) return `.${name}`;
  const escaped = name.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
  return `['${escaped}']`;
}

function code(text: string): string {
  const plain = codeText(text);
  return plain && `\`${plain}\``;
}
