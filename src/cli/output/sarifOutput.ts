import { createHash } from 'node:crypto';
import type { Range } from '../../base';
import { groupKeyOf, problemSeverities, problemTitles } from '../../features/catalog/core';
import { problemIdentity } from '../../features/catalog/core/diff';
import type { Problem, Severity } from '../../model';
import { pathsRelativeTo } from '../paths';
import { stringify } from './jsonOutput';
import { sortProblems, suggestionOf } from './problems';

type Level = 'error' | 'warning' | 'note';

const levels: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

const rootId = '%SRCROOT%';

/**
 * SARIF 2.1.0, which code scanning of GitHub and others read.
 *
 * @param documentation - the text of docs/problems.md, from which rules get their help
 * @param root - the path of the checkout
 */
export function sarifOutput(
  problems: readonly Problem[],
  { root, version, documentation }: { root: string; version: string; documentation: string },
): string {
  const show = pathsRelativeTo(root);
  const sorted = sortProblems(problems);
  const placed = sorted.flatMap(problem =>
    problem.file === undefined ? [] : [{ ...problem, file: problem.file }],
  );
  const help = sectionsOf(documentation);
  // Those of plugins are told where they are reported.
  const ids = [...new Set([...Object.keys(problemTitles), ...sorted.map(({ code }) => code)])];
  const toLocation = (file: string, range: Range): object => {
    // What is on another machine has its address, whatever its scheme.
    if (isAddress(file)) return { artifactLocation: { uri: file }, region: toRegion(range) };
    const path = show(file);
    const uri = path.split('/').map(encodeURIComponent).join('/');
    const isInside = path !== '..' && !path.startsWith('../');
    return {
      artifactLocation: isInside ? { uri, uriBaseId: rootId } : { uri: file },
      region: toRegion(range),
    };
  };
  const fingerprints = new Fingerprints();
  return stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Callboard',
            semanticVersion: version,
            rules: ids.map(id => toRule(id, help.get(id))),
          },
        },
        originalUriBaseIds: { [rootId]: { description: { text: 'The root of the checkout' } } },
        columnKind: 'utf16CodeUnits',
        // GitHub refuses a whole log in which one result has no place.
        invocations: [
          {
            executionSuccessful: true,
            toolConfigurationNotifications: sorted
              .filter(({ file }) => file === undefined)
              .map(problem => ({
                associatedRule: { id: problem.code, index: ids.indexOf(problem.code) },
                level: levels[problem.severity],
                message: { text: textOf(problem) },
              })),
          },
        ],
        results: placed.map(problem => {
          const { code, severity, file, range, related = [] } = problem;
          return {
            ruleId: code,
            ruleIndex: ids.indexOf(code),
            level: levels[severity],
            message: { text: textOf(problem) },
            locations: [{ physicalLocation: toLocation(file, range) }],
            relatedLocations: related.map((place, id) => ({
              id,
              message: { text: place.message },
              physicalLocation: toLocation(place.file, place.range),
            })),
            partialFingerprints: {
              'callboardProblem/v1': fingerprints.of(
                groupKeyOf(problem) ?? problemIdentity({ ...problem, file: show(file) }),
              ),
            },
          };
        }),
      },
    ],
  });
}

function isAddress(file: string): boolean {
  return !file.startsWith('file:') && /^[a-z][\w+.-]*:\/\//i.test(file);
}

function textOf(problem: Problem): string {
  return [problem.message, ...suggestionOf(problem)].join('\n');
}

function toRule(id: string, help: string | undefined): object {
  const title = new Map(Object.entries(problemTitles)).get(id) ?? firstSentence(help) ?? id;
  const severity = new Map<string, Severity>(Object.entries(problemSeverities)).get(id);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: help ?? title, ...(help !== undefined && { markdown: help }) },
    defaultConfiguration: { level: levels[severity ?? 'warning'] },
    properties: { tags: ['backstage', 'catalog'] },
  };
}

/** Lines and columns count from 1; the end is the first character that does not belong to it. */
function toRegion({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** What stands below each heading of the third level, which is a code. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  for (const part of page.split(/^### /m).slice(1)) {
    const [code = '', ...lines] = part.split('\n');
    const text = lines.join('\n').split(/^## /m, 1)[0] ?? '';
    sections.set(code.trim(), text.trim());
  }
  return sections;
}

/** What a section begins with, after the severity. */
function firstSentence(section: string | undefined): string | undefined {
  const sentence = section && /^(?:_\w+\._\s+)?(.+?[.:])(?=\s|$)/s.exec(section)?.[1];
  return sentence?.replace(/:$/, '.').replace(/\s+/g, ' ').replaceAll('`', '');
}

/** The same for the same problem in every run, whatever line it stands in. */
class Fingerprints {
  #seen = new Map<string, number>();

  of(identity: string): string {
    const count = (this.#seen.get(identity) ?? 0) + 1;
    this.#seen.set(identity, count);
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 32);
    return `${hash}:${count}`;
  }
}
