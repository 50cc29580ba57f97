import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readTemplates } from '../../../../../src/features/scaffolder/core';
import type { JsonObject } from '../../../../../src/model';
import { NodeFileSystem, pathToFileUri } from '../../../../../src/platform/node';
import { sharedMaterial } from '../../../../support/sharedMaterial';
import { runTemplate, WORKSPACE } from '../../../../support/templateRuns';

/** Colored level that a terminal logger writes before a message. */
const COLOURED_LEVEL = new RegExp(String.raw`^\u001b\[\d+minfo\u001b\[\d+m: `);

const cases = sharedMaterial('oracle/scaffolder/cases', 'Runs recorded from a Backstage');

interface Recording {
  readonly status: number;
  readonly error?: { readonly message: string };
  readonly errors?: readonly { readonly message: string }[];
  readonly output?: unknown;
  readonly files: readonly { readonly path: string }[];
  readonly log: readonly { readonly stepId?: string; readonly message: string }[];
}

describe.runIf(cases !== undefined)('recorded run of a Backstage', () => {
  const root = cases ?? '';

  // `task-export` runs an action of the recording itself, in a text that isn't YAML.
  const names = existsSync(root) ? readdirSync(root).filter(name => name !== 'task-export') : [];

  it.each(names)('%s', async name => {
    const folder = join(root, name);
    const read = (file: string): unknown => {
      const path = join(folder, file);
      return existsSync(path) ? parse(readFileSync(path, 'utf8')) : undefined;
    };
    const outcome = await runTemplate({
      template: read('template.yaml') as JsonObject,
      values: read('values.json') as JsonObject,
      secrets: (read('secrets.json') as Record<string, string> | undefined) ?? {},
      place: {
        fileSystem: new NodeFileSystem(),
        file: pathToFileUri(join(folder, 'template.yaml')),
      },
    });
    const recording = read('result.json') as Recording;
    const mask = (text: string): string =>
      text
        .replaceAll(WORKSPACE, '<workspace>')
        .replaceAll(folder, '<source>')
        .replace(/\$\{TMP\}\/dry-run-content-(<uuid>|[\da-f-]{36})/g, '<source>')
        .replace(/(\$\{TMP\}|\/tmp)\/dry-run-(<uuid>|[\da-f-]{36})/g, '<workspace>')
        // Files are sent to a dry run without their modes.
        .replace(/ with mode 33\d{3}\./, ' with mode.')
        .replace(COLOURED_LEVEL, '')
        .replace(/dry-run-(1\b|<uuid>|[\da-f-]{36})/g, '<task>');
    expect(outcome.errors?.map(({ message }) => message)).toEqual(
      recording.errors?.map(({ message }) => message),
    );
    expect(outcome.status).toBe(recording.status === 200 ? 'completed' : 'failed');
    if (recording.status !== 200) {
      if (recording.error) expect(mask(outcome.error ?? '')).toBe(mask(recording.error.message));
      return;
    }
    expect(outcome.output).toEqual(recording.output);
    expect([...outcome.files.keys()].sort()).toEqual(
      recording.files.map(({ path }) => path).sort(),
    );
    for (const [path, { content }] of outcome.files) {
      const text = (bytes: Uint8Array): string => mask(Buffer.from(bytes).toString('latin1'));
      expect(text(content)).toBe(text(readFileSync(join(folder, 'output', path))));
    }
    expect(outcome.log.filter(({ stepId }) => stepId).map(({ message }) => mask(message))).toEqual(
      recording.log.filter(({ stepId }) => stepId).map(({ message }) => mask(message)),
    );
  });
});

const corpus = sharedMaterial('corpus', 'Templates of real repositories');

describe.runIf(corpus !== undefined)('Templates of real repositories', () => {
  it('are read, except those that Backstage rejects', () => {
    const refused: string[] = [];
    let count = 0;
    for (const path of yamlFilesBelow(corpus ?? '')) {
      const text = readFileSync(path, 'utf8');
      if (!/^apiVersion: *["']?scaffolder\.backstage\.io\/v1beta3/m.test(text)) continue;
      try {
        count += readTemplates(text).length;
      } catch (error) {
        // Files in a skeleton are templates themselves.
        if (!path.includes('/skeleton/')) refused.push(String(error));
      }
    }
    expect(count).toBeGreaterThan(100);
    expect(refused.sort()).toEqual([
      "InputError: /spec/steps/0 must have required property 'action' - missingProperty: action",
      'InputError: /spec/steps/7/id must be string - type: string',
      'InputError: Malformed envelope, /metadata/annotations must be object',
    ]);
  });
});

function yamlFilesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}
