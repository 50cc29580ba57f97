import { CodeActionKind } from 'vscode-languageserver-types';
import type { Problem } from '../../../../model';
import type { OffsetEdit } from '../../core/edits';
import { cursorAt } from '../documents/cursor';
import type { YamlText } from '../documents/yamlText';
import type { LanguageProvider } from '../languageProvider';
import { editAction, isWanted, type OfferedAction, toCodeAction } from './actionSource';
import { IN_EXPRESSIONS, suggestedChanges } from './fields/useSuggestion';

/** What may have been meant in expressions, in Templates and in what they fill in, whatever its language. */
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

/** Puts a name in the place of another; one that is no word gets brackets, with quotes of the other sort. */
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
  // What is no YAML, or stands as a skeleton's file, has no quotes around it that matter.
  const scalar = document === undefined ? undefined : cursorAt(text, text.offsetAt(range.start));
  const quote = scalar?.scalar.style === 'single' ? '"' : "'";
  return `[${quote}${name}${quote}]`;
}

/** What in a skeleton is for those who run the new project, such as a workflow of GitHub's. */
function rawFixes(text: YamlText, problem: Problem): readonly OfferedAction[] {
  const { code, message, suggestions = [] } = problem;
  const isForOthers = /^[\w-]+ is not available in a skeleton\b/.test(message);
  if (code !== 'unresolved-expression' || !isForOthers || suggestions.length) return [];
  const source = text.text;
  const at = text.offsetAt(problem.range.start);
  const start = source.lastIndexOf('${{', at);
  const end = source.indexOf('}}', at) + 2;
  // Between the two there is nothing but the expression.
  if (start < 0 || end < 2 || /[{}]/.test(source.slice(start + 3, end - 2))) return [];
  const edits = [
    { start, end: start, text: '{% raw %}' },
    { start: end, end, text: '{% endraw %}' },
  ];
  const title = 'Keep the expression as it is, in {% raw %}';
  return editAction(text, edits, { title, problems: [problem] });
}

/** Operators of other languages, and what they are called in templates. */
const OPERATORS: readonly (readonly [written: string, meant: string])[] = [
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
];

function operatorFixes(text: YamlText, problem: Problem): readonly OfferedAction[] {
  if (problem.code !== 'expression-syntax') return [];
  const at = text.offsetAt(problem.range.start);
  const source = text.text;
  for (const [written, meant] of OPERATORS) {
    // Of `||` the second half is what surprises the parser.
    const start = written === '||' ? at - 1 : at;
    if (!source.startsWith(written, start)) continue;
    const edits = positionsOf(written, source, start).map(offset =>
      operatorEdit(source, { start: offset, end: offset + written.length }, meant),
    );
    return editAction(text, edits, {
      title: `Change "${written}" to "${meant}"`,
      problems: [problem],
      isPreferred: true,
    });
  }
  return [];
}

/** All places of an operator in the expression around one of them, texts in quotes left out. */
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

/** A word needs blanks around it. */
function operatorEdit(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  word: string,
): OffsetEdit {
  const before = /[\w)\]'"]/.test(source.charAt(start - 1)) ? ' ' : '';
  const after = /\s/.test(source.charAt(end)) ? '' : ' ';
  return { start, end, text: `${before}${word}${after}` };
}
