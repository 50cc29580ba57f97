import type { FormError } from '../../../../../src/features/portal/protocol';
import type { JsonValue } from '../../../../../src/model';
import { type BrokenRule, brokenRules } from '../../../../../src/model/forms';
import { formatNumber, translate, translateCount } from '../../../../shared/translate';

type Argument = FormError['argument'];

/**
 * Message of an error in words. Keeps the message that the template's author wrote, and the validator's for rules
 * without words.
 */
export function errorText(
  { keyword, message, argument, isAuthored }: FormError,
  value: JsonValue | undefined,
): string {
  if (isAuthored) return message;
  return texts.get(keyword)?.(argument, value) ?? message;
}

type ErrorText = (argument: Argument, value: JsonValue | undefined) => string | undefined;

const texts: ReadonlyMap<string, ErrorText> = new Map<string, ErrorText>([
  ['required', () => translate('This is required.')],
  ['enum', () => translate('Select one of the options.')],
  ['uniqueItems', () => translate('Remove duplicates.')],
  ['type', type => typeTexts.get(type)?.()],
  ['format', format => formatTexts.get(format)?.()],
  [
    'minLength',
    limited(count =>
      translateCount(count, {
        one: 'Enter at least {0} character.',
        other: 'Enter at least {0} characters.',
      }),
    ),
  ],
  [
    'maxLength',
    limited(count =>
      translateCount(count, {
        one: 'Enter at most {0} character.',
        other: 'Enter at most {0} characters.',
      }),
    ),
  ],
  [
    'minItems',
    limited(count =>
      translateCount(count, { one: 'Add at least {0} item.', other: 'Add at least {0} items.' }),
    ),
  ],
  [
    'maxItems',
    limited(count =>
      translateCount(count, { one: 'Add at most {0} item.', other: 'Add at most {0} items.' }),
    ),
  ],
  ['minimum', limited(limit => translate('Enter {0} or more.', formatNumber(limit)))],
  ['maximum', limited(limit => translate('Enter {0} or less.', formatNumber(limit)))],
  ['exclusiveMinimum', limited(limit => translate('Enter more than {0}.', formatNumber(limit)))],
  ['exclusiveMaximum', limited(limit => translate('Enter less than {0}.', formatNumber(limit)))],
  ['multipleOf', limited(step => translate('Enter a multiple of {0}.', formatNumber(step)))],
  [
    'pattern',
    (pattern, value) => (typeof pattern === 'string' ? patternText(pattern, value) : undefined),
  ],
]);

function limited(text: (limit: number) => string) {
  return (limit: Argument): string | undefined =>
    typeof limit === 'number' ? text(limit) : undefined;
}

const typeTexts: ReadonlyMap<Argument, () => string> = new Map([
  ['integer', () => translate('Enter a whole number.')],
  ['number', () => translate('Enter a number.')],
]);

const formatTexts: ReadonlyMap<Argument, () => string> = new Map([
  ['email', () => translate('Enter an email address.')],
  ['uri', () => translate('Enter a URL, such as https://example.com.')],
  ['date', () => translate('Enter a date as YYYY-MM-DD.')],
  ['date-time', () => translate('Enter a date and time.')],
  ['time', () => translate('Enter a time.')],
  ['hostname', () => translate('Enter a host name.')],
]);

function patternText(pattern: string, value: JsonValue | undefined): string {
  const rules = typeof value === 'string' ? brokenRules(pattern, value) : [];
  if (rules.length === 0) return translate("Doesn't match the pattern {0}.", pattern);
  return rules.map(rule => ruleTexts[rule.type](rule)).join(' ');
}

const ruleTexts: Readonly<Record<BrokenRule['type'], (rule: BrokenRule) => string>> = {
  characters: ({ allowed }) => translate('Allowed characters: {0}.', namesOf(allowed)),
  start: ({ allowed }) => translate('Allowed as the first character: {0}.', namesOf(allowed)),
  end: ({ allowed }) => translate('Allowed as the last character: {0}.', namesOf(allowed)),
  prefix: ({ allowed }) => translate('Must start with "{0}".', allowed.join('')),
};

const characterNames: ReadonlyMap<string, () => string> = new Map([
  ['a-z', () => translate('lowercase letters (a–z)')],
  ['A-Z', () => translate('uppercase letters (A–Z)')],
  ['0-9', () => translate('digits')],
  ['-', () => translate('hyphens')],
  ['_', () => translate('underscores')],
  ['.', () => translate('periods')],
  [' ', () => translate('spaces')],
]);

function namesOf(allowed: BrokenRule['allowed']): string {
  const names = allowed.map(one => characterNames.get(one)?.() ?? one);
  return new Intl.ListFormat(document.documentElement.lang, { type: 'conjunction' }).format(names);
}
