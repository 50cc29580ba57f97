import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../../scripts/lib/project.mjs';
import { sarifOutput } from '../../../../src/cli/output/sarifOutput';
import type { Problem } from '../../../../src/model';
import { aProblem, aRange } from './problems';

const documentation = readFileSync(inProject('docs/problems.md'), 'utf8');
const codes = Array.from(documentation.matchAll(/^### (.*)$/gm), ([, code]) => code);

interface Log {
  $schema: string;
  version: string;
  runs: [
    {
      invocations: [{ toolConfigurationNotifications: unknown[] }];
      tool: { driver: { name: string; semanticVersion: string; rules: Record<string, unknown>[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: unknown[];
        relatedLocations: unknown[];
        partialFingerprints: Record<string, string>;
      }[];
    },
  ];
}

const sarif = (...problems: Problem[]): Log =>
  JSON.parse(sarifOutput(problems, { root: '/w', version: '1.2.3', documentation })) as Log;

const fingerprint = (log: Log, index = 0): string | undefined =>
  log.runs[0].results[index]?.partialFingerprints['callboardProblem/v1'];

describe('sarifOutput', () => {
  it('is a log of one run, with a rule for each code and its help', () => {
    const log = sarif();
    expect(log).toMatchObject({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'Callboard', semanticVersion: '1.2.3' } }, results: [] }],
    });
    const { rules } = log.runs[0].tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(codes);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        shortDescription: { text: expect.stringMatching(/\.$/) },
        help: { markdown: expect.stringMatching(/^_(Error|Warning|Info|Hint)\._/) },
        defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) },
      });
    }
  });

  it.each([
    'https://acme.org/catalog-info.yaml',
    'git+https://acme.org/a.git#main:catalog-info.yaml',
  ])('has %s as an absolute address outside of the checkout', file => {
    const [result] = sarif(aProblem('1:1-1:2', { file })).runs[0].results;
    expect(result?.locations).toMatchObject([
      { physicalLocation: { artifactLocation: { uri: file } } },
    ]);
    expect(JSON.stringify(result?.locations)).not.toContain('%SRCROOT%');
  });

  it('counts lines and columns from 1, with an exclusive end', () => {
    const [result] = sarif(
      aProblem('2:5-3:1', {
        file: 'file:///w/sub%20folder/a%23b.yaml',
        suggestions: ['x'],
        related: [
          { message: 'The other', file: 'file:///elsewhere/b.yaml', range: aRange('1:1-1:4') },
        ],
      }),
    ).runs[0].results;
    expect(result).toMatchObject({
      ruleId: 'invalid-spec',
      ruleIndex: codes.indexOf('invalid-spec'),
      level: 'error',
      message: { text: 'It is wrong\nDid you mean x?' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'sub%20folder/a%23b.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 5, endLine: 3, endColumn: 1 },
          },
        },
      ],
      relatedLocations: [
        {
          id: 0,
          message: { text: 'The other' },
          physicalLocation: {
            artifactLocation: { uri: 'file:///elsewhere/b.yaml' },
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 4 },
          },
        },
      ],
    });
  });

  it('writes errors, warnings and notes, and rules of plugins', () => {
    const log = sarif(
      aProblem('1:1'),
      aProblem('2:1', { severity: 'warning' }),
      aProblem('3:1', { severity: 'info' }),
      aProblem('4:1', { severity: 'hint', code: 'todo' }),
    );
    const { results, tool } = log.runs[0];
    expect(results.map(({ level }) => level)).toEqual(['error', 'warning', 'note', 'note']);
    const todo = results.find(({ ruleId }) => ruleId === 'todo');
    expect(tool.driver.rules[todo?.ruleIndex ?? -1]).toMatchObject({ id: 'todo' });
  });

  it('has the title and severity of each rule from the index of the documentation', () => {
    const { rules } = sarif(aProblem('1:1', { code: 'todo' })).runs[0].tool.driver;
    const shown = rules.map(({ id, shortDescription, defaultConfiguration }) => [
      id,
      (shortDescription as { text: string }).text,
      (defaultConfiguration as { level: string }).level,
    ]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['invalid-spec', "The spec doesn't match the schema of its kind.", 'error'],
        ['docs-dir-invalid', "The docs_dir of mkdocs.yml can't be used.", 'error'],
        ['unused-parameter', "A template defines a parameter that it doesn't use.", 'note'],
        ['definition-too-large', 'The definition is too large to be read.', 'warning'],
        ['todo', 'todo', 'warning'],
      ]),
    );
  });

  it('reports problems without a place as notifications, which GitHub accepts', () => {
    const [run] = sarif(aProblem('1:1'), aProblem('1:1', { file: undefined })).runs;
    expect(run.results.map(({ locations }) => locations.length)).toEqual([1]);
    expect(run.invocations[0].toolConfigurationNotifications).toEqual([
      {
        associatedRule: {
          id: 'invalid-spec',
          index: codes.indexOf('invalid-spec'),
        },
        level: 'error',
        message: { text: 'It is wrong' },
      },
    ]);
  });

  it('names the entity of a problem without a place', () => {
    const details = { file: undefined, entityRef: 'resource:default/printer', provider: 'devices' };
    const [run] = sarif(aProblem('1:1', details)).runs;
    expect(run.invocations[0].toolConfigurationNotifications).toMatchObject([
      {
        message: { text: 'resource:default/printer (provider devices): It is wrong' },
        locations: [{ logicalLocations: [{ fullyQualifiedName: 'resource:default/printer' }] }],
      },
    ]);
  });

  it('gives a problem the same fingerprint in every run', () => {
    const before = sarif(aProblem('2:5', { message: 'spec.x[1] at line 7' }));
    const after = sarif(
      aProblem('9:1', { message: 'spec.x[3] at line 12' }),
      aProblem('10:1', { message: 'spec.x[4] at line 14' }),
    );
    expect(fingerprint(after)).toBe(fingerprint(before));
    expect(fingerprint(after, 1)).not.toBe(fingerprint(before));
    expect(fingerprint(sarif(aProblem('2:5')))).not.toBe(fingerprint(before));
  });
});
