import { createHash } from 'node:crypto';
import type { Range } from '../../base';
import { groupKeyOf } from '../../features/catalog/core';
import { problemIdentity } from '../../features/catalog/core/diff';
import type { Problem, Severity } from '../../model';
import { pathsRelativeTo } from '../paths';
import { stringify } from './jsonOutput';
import { messageOf, sortProblems } from './problems';

type Level = 'error' | 'warning' | 'note';

const levels: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

const rootId = '%SRCROOT%';

/**
 * Formats problems as SARIF 2.1.0, which GitHub code scanning and others read.
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
  const documented = rulesOf(documentation);
  const ids = [...new Set([...documented.keys(), ...sorted.map(({ code }) => code)])];
  const toLocation = (file: string, range: Range): object => {
    // A file on another machine has an address with any scheme.
    if (isAddress(file)) return { artifactLocation: { uri: file }, region: toRegion(range) };
    const path = show(file);
    const uri = path.split('/').map(encodeURIComponent).join('/');
    const isInside = path !== '..' && !path.startsWith('../');
    return {
      artifactLocation: isInside ? { uri, uriBaseId: rootId } : { uri: file },
      region: toRegion(range),
    };
  };
  const fingerprintOf = fingerprinter();
  return stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Callboard',
            semanticVersion: version,
            rules: ids.map(id => toRule(id, documented.get(id))),
          },
        },
        originalUriBaseIds: { [rootId]: { description: { text: 'The root of the checkout' } } },
        columnKind: 'utf16CodeUnits',
        // GitHub rejects a log in which any result has no place.
        invocations: [
          {
            executionSuccessful: true,
            toolConfigurationNotifications: sorted
              .filter(({ file }) => file === undefined)
              .map(problem => ({
                associatedRule: { id: problem.code, index: ids.indexOf(problem.code) },
                level: levels[problem.severity],
                message: { text: messageOf(problem) },
                ...(problem.entityRef !== undefined && {
                  locations: [{ logicalLocations: [{ fullyQualifiedName: problem.entityRef }] }],
                }),
              })),
          },
        ],
        results: placed.map(problem => {
          const { code, severity, file, range, related = [] } = problem;
          return {
            ruleId: code,
            ruleIndex: ids.indexOf(code),
            level: levels[severity],
            message: { text: messageOf(problem) },
            locations: [{ physicalLocation: toLocation(file, range) }],
            relatedLocations: related.map((place, id) => ({
              id,
              message: { text: place.message },
              physicalLocation: toLocation(place.file, place.range),
            })),
            partialFingerprints: {
              'callboardProblem/v1': fingerprintOf(
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

interface Rule {
  readonly title: string;
  readonly level: Level;
  readonly help?: string | undefined;
}

/**
 * @param rule - undefined for codes of plugins
 */
function toRule(
  id: string,
  { title, level, help }: Rule = { title: id, level: 'warning' },
): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: help ?? title, ...(help !== undefined && { markdown: help }) },
    defaultConfiguration: { level },
    properties: { tags: ['backstage', 'catalog'] },
  };
}

/** Returns a range in 1-based lines and columns with an exclusive end. */
function toRegion({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Returns rules by code: the rows of the index, each with the section whose heading is the code. */
function rulesOf(page: string): ReadonlyMap<string, Rule> {
  const sections = new Map(
    page.split(/^### /m).map(part => {
      const [code = '', ...lines] = part.split('\n');
      return [code.trim(), lines.join('\n').split(/^## /m, 1)[0]?.trim()];
    }),
  );
  const rows = page.matchAll(/^\| \[([\w-]+)\]\(#[\w-]+\) +\| (\w+) +\| (.+?) +\|$/gm);
  return new Map(
    Array.from(rows, ([, code = '', severity = '', title = '']) => [
      code,
      {
        title,
        level: new Map(Object.entries(levels)).get(severity) ?? 'warning',
        help: sections.get(code),
      },
    ]),
  );
}

/** Creates a function that returns a fingerprint, which stays the same when a problem moves to another line. */
function fingerprinter(): (identity: string) => string {
  const seen = new Map<string, number>();
  return identity => {
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 32);
    return `${hash}:${count}`;
  };
}
