import * as z from 'zod/mini';
import { comparePositions, compareCodeUnits, isWithin } from '../../../../base';
import { compareSeverity, type Problem, severities } from '../../../../model';
import { sourceKeyOf } from '../../../../platform/core/files';
import { groupProblems } from '../../../catalog/core/shared';
import { defineTool } from '../defineTool';
import { choiceField, clipText, countField, displayRef, textField } from '../fields';
import type { ValidateOutput } from '../toolDescriptions';
import { WorkspacePlaces } from '../workspacePlaces';

const MAX_MESSAGE = 500;
const MAX_REFS = 20;
const MAX_SUGGESTIONS = 10;

export const validateTool = defineTool({
  name: 'validate',
  input: z.strictObject({
    path: z.optional(
      textField(
        'Path of a file or folder, relative to the workspace. Default: the whole workspace.',
      ),
    ),
    severity: choiceField('Minimum severity. Default: hint, all problems.', severities),
    limit: countField('Maximum number of problems to list.', { most: 200, usual: 50 }),
  }),
  async run({ path, severity = 'hint', limit }, services, signal): Promise<ValidateOutput> {
    const { catalog } = services;
    const places = new WorkspacePlaces(services);
    const { uri, isFile } = path === undefined ? everything : await places.findExisting(path);
    if (uri !== undefined && isFile) await services.applyFile(uri, signal);
    await services.whenInspected(signal);
    const found = groupProblems(
      catalog.getProblems({ ungrouped: true }).filter(
        problem =>
          compareSeverity(problem.severity, severity) <= 0 &&
          (uri === undefined
            ? // Problems of sources can't be fixed in the workspace.
              problem.file === undefined || sourceKeyOf(problem.file) === undefined
            : problem.file !== undefined && isWithin(uri, problem.file)),
      ),
    );
    const total = { error: 0, warning: 0, info: 0, hint: 0 };
    for (const problem of found) total[problem.severity]++;
    return {
      entities:
        uri === undefined
          ? []
          : catalog.getEntityRefsInFile(uri).slice(0, MAX_REFS).map(displayRef),
      isFile,
      problems: [...found]
        .sort(byPlace)
        .slice(0, limit)
        .map(problem => rowOf(problem, places)),
      counts: total,
      isTruncated: found.length > limit,
    };
  },
  format({ entities, isFile, problems, counts: total, isTruncated }, { path }) {
    const all = severities
      .filter(name => total[name])
      .map(name => `${total[name]} ${name}${total[name] === 1 ? '' : 's'}`);
    const place = path ?? 'the workspace';
    const holds = isFile ? ` Entities in the file: ${entities.join(', ') || 'none'}.` : '';
    return [
      all.length
        ? `Problems in ${place}: ${all.join(', ')}.${holds}`
        : `No problems in ${place}.${holds}`,
      ...problems.map(({ severity, code, message, suggestions = [], column, file, line, ref }) => {
        const isMentioned = suggestions.every(suggestion => message.includes(suggestion));
        const hint = isMentioned ? '' : ` Did you mean ${suggestions.join(' or ')}?`;
        const at = file === undefined ? ref : [file, line, column].join(':');
        return `- ${severity} ${code}: ${message}${hint}${at === undefined ? '' : ` (${at})`}`;
      }),
      ...(isTruncated ? ['The list is truncated. Validate one file, or use a larger limit.'] : []),
    ];
  },
});

interface Subject {
  /** URI of a file or folder; undefined for the whole workspace. */
  readonly uri: string | undefined;
  readonly isFile: boolean;
}

const everything: Subject = { uri: undefined, isFile: false };

/** Orders problems by severity, file and position. */
function byPlace(a: Problem, b: Problem): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    compareCodeUnits(a.file ?? '', b.file ?? '') ||
    comparePositions(a.range.start, b.range.start) ||
    compareCodeUnits(a.code, b.code)
  );
}

function rowOf(
  { severity, code, message, file, range, entityRef, suggestions }: Problem,
  places: WorkspacePlaces,
) {
  return {
    severity,
    code,
    message: clipText(message, MAX_MESSAGE),
    ...(entityRef !== undefined && { ref: displayRef(entityRef) }),
    ...(suggestions?.length && {
      suggestions: suggestions.slice(0, MAX_SUGGESTIONS).map(text => clipText(text, MAX_MESSAGE)),
    }),
    ...(file !== undefined && {
      ...places.place({ file, range }),
      column: range.start.character + 1,
    }),
  };
}
