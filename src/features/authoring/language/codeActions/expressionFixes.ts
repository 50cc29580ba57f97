import { CodeActionKind } from 'vscode-languageserver-types';
import { translate } from '../../../../base';
import type { Problem } from '../../../../model';
import type { OffsetEdit } from '../../core/edits';
import { cursorAt } from '../documents/cursor';
import type { YamlText } from '../documents/yamlText';
import type { LanguageProvider } from '../languageProvider';
import { editAction, isWanted, type OfferedAction, toCodeAction } from './actionSource';
import { IN_EXPRESSIONS, suggestedChanges } from './fields/useSuggestion';

/** Fixes expressions in Templates and in skeleton files of any language. */
export const expressionFixProvider: LanguageProvider = {
  anyLanguage: true,
  codeActions(request) {
    if (!isWanted(CodeActionKind.QuickFix, request.only)) return [];
    return request.problems
      .flatMap(problem => [
        ...nameFixes(request.text, problem),
        ...operatorFixes(request.text, problem),
        ...rawFixes(request.text, problem),
      ])
      .flatMap(offered => toCodeAction(offered, request) ?? []);
  },
};

function nameFixes(text: YamlText, problem: Problem): readonly OfferedAction[] {
  return IN_EXPRESSIONS.has(problem.code) ? suggestedChanges(text, problem, nameEdit) : [];
}

/** Replaces a name; one that isn't a word is put in brackets, with the quotes that the value doesn't use. */
function nameEdit(text: YamlText, problem: Problem, name: string): OffsetEdit | undefined {
  const { range, message } = problem;
  const start = text.offsetAt(range.start);
  const end = text.offsetAt(range.end);
  const inBrackets = /^(\w+)\['(.+)'\]$/.exec(name);
  if (inBrackets) {
    // `steps.fetch-base` is a subtraction, of which the problem marks the first half.
    const [, root = '', key = ''] = inBrackets;
    const whole = `${root}.${key}`;
    const isWhole = text.text.startsWith(whole, start);
    if (!isWhole || /[\w-]/.test(text.text.charAt(start + whole.length))) return undefined;
    return { start, end: start + whole.length, text: `${root}${bracketed(text, problem, key)}` };
  }
  const written = text.text.slice(start, end);
  // The text may have changed since the problem was found.
  if (!/^[\w-]+$/.test(written) || !message.includes(written)) return undefined;
  if (/["']/.test(text.text.charAt(start - 1))) {
    return /^[\w.-]+$/.test(name) ? { start, end, text: name } : undefined;
  }
  if (/^[A-Za-z_][\w.]*$/.test(name)) return { start, end, text: name };
  return text.text.charAt(start - 1) === '.' && /^[\w.-]+$/.test(name)
    ? { start: start - 1, end, text: bracketed(text, problem, name) }
    : undefined;
}

function bracketed(text: YamlText, { range, document }: Problem, name: string): string {
  // A skeleton file isn't quoted as a whole.
  const scalar = document === undefined ? undefined : cursorAt(text, text.offsetAt(range.start));
  const quote = scalar?.scalar.style === 'single' ? '"' : "'";
  return `[${quote}${name}${quote}]`;
}

/** Wraps expressions that aren't for the template in `raw`, such as those of GitHub workflows. */
function rawFixes(text: YamlText, problem: Problem): readonly OfferedAction[] {
  const { code, message, suggestions = [] } = problem;
  const isForOthers = /^[\w-]+ is not available in a skeleton\b/.test(message);
  if (code !== 'unresolved-expression' || !isForOthers || suggestions.length) return [];
  const source = text.text;
  const at = text.offsetAt(problem.range.start);
  const start = source.lastIndexOf('${{', at);
  const end = source.indexOf('}}', at) + 2;
  // The two contain only the expression.
  if (start < 0 || end < 2 || /[{}]/.test(source.slice(start + 3, end - 2))) return [];
  const edits = [
    { start, end: start, text: '{% raw %}' },
    { start: end, end, text: '{% endraw %}' },
  ];
  const title = translate('Wrap the expression in {% raw %}');
  return editAction(text, edits, { title, problems: [problem] });
}

/** Operators of other languages with their names in templates. */
const OPERATORS: readonly (readonly [written: string, replacement: string])[] = [
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
];

function operatorFixes(text: YamlText, problem: Problem): readonly OfferedAction[] {
  if (problem.code !== 'expression-syntax') return [];
  const at = text.offsetAt(problem.range.start);
  const source = text.text;
  for (const [written, replacement] of OPERATORS) {
    // For `||`, the parser reports the second half.
    const start = written === '||' ? at - 1 : at;
    if (!source.startsWith(written, start)) continue;
    const edits = positionsOf(written, source, start).map(offset =>
      operatorEdit(source, { start: offset, end: offset + written.length }, replacement),
    );
    return editAction(text, edits, {
      title: translate('Change "{0}" to "{1}"', written, replacement),
      problems: [problem],
      isPreferred: true,
    });
  }
  return [];
}

/** Returns all places of an operator in an expression, without those in quotes. */
function positionsOf(operator: string, source: string, at: number): readonly number[] {
  const start = Math.max(source.lastIndexOf('{{', at), source.lastIndexOf('{%', at), 0);
  const length = source.slice(at).search(/[}%]\}/);
  const expression = source.slice(start, length < 0 ? at + operator.length : at + length);
  const found: number[] = [];
  const parts = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|&&|\|\||!(?!=)/gs;
  for (const { 0: part, index } of expression.matchAll(parts)) {
    if (part === operator) found.push(start + index);
  }
  return found.includes(at) ? found : [at];
}

/** Replaces an operator; a word needs spaces around it. */
function operatorEdit(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  word: string,
): OffsetEdit {
  const before = /[\w)\]'"]/.test(source.charAt(start - 1)) ? ' ' : '';
  const after = /\s/.test(source.charAt(end)) ? '' : ' ';
  return { start, end, text: `${before}${word}${after}` };
}
