import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  backstageActions,
  combinedActions,
  declaredActions,
  templateIssues,
  templateModel,
} from '../../../../../../src/features/templates/core';
import { sharedMaterial } from '../../../../../support/sharedMaterial';

const cases = sharedMaterial('oracle/scaffolder/cases', 'What Backstage says of templates');

/** Errors of the template itself; others come from values or from skeleton files. */
const SHOWN = ['err-bad-input', 'err-unknown-action'];

/** Mistakes that Backstage ignores. */
const IGNORED = new Map([['task-export', ['secrets are available only in the input of steps']]]);

describe.runIf(cases)('templates that a Backstage ran', () => {
  const actions = combinedActions([backstageActions, declaredActions(['oracle:*'])]);
  const names = (cases ? readdirSync(cases) : []).filter(name =>
    existsSync(join(cases ?? '', name, 'template.yaml')),
  );

  it.each(names)('%s: has the errors of Backstage', name => {
    const folder = join(cases ?? '', name);
    const { error } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as {
      error?: { message: string };
    };
    const text = readFileSync(join(folder, 'template.yaml'), 'utf8');
    // Replaces a folder of the recording machine.
    const template: unknown = parse(text.replaceAll('${ORACLE}', '/oracle'));
    const reported = templateIssues(templateModel(template), actions)
      .map(({ message }) => message)
      // The runs had values without fields, and unused ones.
      .filter(message => !/is not a parameter of this template|and used nowhere$/.test(message));
    const recorded = SHOWN.includes(name) ? [error?.message.split('. See ')[0]] : [];
    expect(reported).toEqual([...recorded, ...(IGNORED.get(name) ?? [])]);
  });
});
