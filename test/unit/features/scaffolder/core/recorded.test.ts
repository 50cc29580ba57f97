import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../../../../../src/model';
import { NodeFileSystem, pathToFileUri } from '../../../../../src/platform/node';
import { type RunOutcome, runTemplate, WORKSPACE } from '../../../../support/templateRuns';

const root = join(import.meta.dirname, '../../../../fixtures/scaffolder');

interface RecordedRun {
  readonly status: string;
  readonly error?: string;
  readonly errors?: readonly { readonly message: string; readonly path: unknown }[];
  readonly output?: unknown;
  readonly files?: Readonly<Record<string, string | { readonly base64: string }>>;
  readonly log: readonly LogLine[];
}

interface LogLine {
  readonly stepId: string;
  readonly status?: string;
  readonly message: string;
}

describe('run of a Template recorded by Backstage', () => {
  const cases = readdirSync(root, { withFileTypes: true }).filter(entry => entry.isDirectory());

  it.each(cases.map(({ name }) => name))('%s', async name => {
    const folder = join(root, name);
    const read = (file: string): unknown => {
      const path = join(folder, file);
      return existsSync(path) ? parse(readFileSync(path, 'utf8')) : undefined;
    };
    const source = join(folder, 'source');
    const outcome = await runTemplate({
      template: read('template.yaml') as JsonObject,
      values: (read('values.yaml') as JsonObject | undefined) ?? {},
      secrets: (read('secrets.yaml') as Record<string, string> | undefined) ?? {},
      entities: (read('entities.yaml') as readonly JsonObject[] | undefined) ?? [],
      place: {
        fileSystem: new NodeFileSystem(),
        file: pathToFileUri(join(source, 'template.yaml')),
      },
    });
    const recorded = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as RecordedRun;
    const mask = (text: string): string => masked(text, source);
    expect(linesByStep(logOf(outcome, mask))).toEqual(linesByStep(recorded.log));
    const { log: _, ...expected } = recorded;
    expect(resultOf(outcome, mask)).toEqual(expected);
  });
});

function resultOf(
  { status, error, errors, output, files }: RunOutcome,
  mask: (text: string) => string,
): Omit<RecordedRun, 'log'> {
  if (errors) return { status, errors: errors.map(({ message, path }) => ({ message, path })) };
  if (error !== undefined) return { status, error: mask(error) };
  const contents = [...files].map(([path, { content }]) => {
    const bytes = Buffer.from(content);
    const text = bytes.toString();
    return [
      path,
      Buffer.from(text).equals(bytes) ? mask(text) : { base64: bytes.toString('base64') },
    ] as const;
  });
  return {
    status,
    output: JSON.parse(mask(JSON.stringify(output))) as unknown,
    files: Object.fromEntries(contents),
  };
}

function logOf({ log }: RunOutcome, mask: (text: string) => string): readonly LogLine[] {
  return log.flatMap(({ stepId, status, level, message }) =>
    stepId === undefined
      ? []
      : [
          {
            stepId,
            ...(status ? { status } : {}),
            message: mask(level === 'info' || status ? message : `${level}: ${message}`),
          },
        ],
  );
}

/** Sorted log lines of each step, in the order of the steps. */
function linesByStep(log: readonly LogLine[]): readonly unknown[] {
  const steps = new Map<string, string[]>();
  for (const { stepId, status = '', message } of log) {
    steps.set(stepId, [...(steps.get(stepId) ?? []), `${status} ${message}`].sort());
  }
  return [...steps];
}

function masked(text: string, source: string): string {
  return text
    .replace(new RegExp(`${WORKSPACE}_step-\\w+-\\w{6}`, 'g'), '<temporary>')
    .replaceAll(WORKSPACE, '<workspace>')
    .replaceAll(source, '<source>')
    .replaceAll('dry-run-1', '<task>');
}
