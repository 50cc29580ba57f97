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

/** What a template shows by itself; the other errors come from values, or from files of a skeleton. */
const SHOWN = ['err-bad-input', 'err-unknown-action'];

/** What has no effect there, in silence. */
const UNSAID = new Map([['task-export', ['secrets are available only in the input of steps']]]);

describe.runIf(cases)('templates that a Backstage ran', () => {
  const actions = combinedActions([backstageActions, declaredActions(['oracle:*'])]);
  const names = (cases ? readdirSync(cases) : []).filter(name =>
    existsSync(join(cases ?? '', name, 'template.yaml')),
  );

  it.each(names)('%s: what is told is what Backstage said', name => {
    const folder = join(cases ?? '', name);
    const { error } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as {
      error?: { message: string };
    };
    const text = readFileSync(join(folder, 'template.yaml'), 'utf8');
    // Stands for a folder of who recorded it.
    const template: unknown = parse(text.replaceAll('${ORACLE}', '/oracle'));
    const told = templateIssues(templateModel(template), actions)
      .map(({ message }) => message)
      // Values were passed to them that no form asks for, and others were not used.
      .filter(message => !/is not a parameter of this template|and used nowhere$/.test(message));
    const said = SHOWN.includes(name) ? [error?.message.split('. See ')[0]] : [];
    expect(told).toEqual([...said, ...(UNSAID.get(name) ?? [])]);
  });
});
