import { describe, expect, it } from 'vitest';
import type { BackstageInstance, LoadedTemplate } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { InstanceForms, type ServedTemplate } from '../../../../../../src/features/scaffolder/core';
import { HastyClock } from '../../../../../support/sourceHttp';
import { json } from '../../../../../support/standInBackstage';
import { type Answer, standInScaffolder } from '../../../../../support/standInScaffolder';

const copied = [{ title: 'Of the copy' }];

const template: LoadedTemplate & ServedTemplate = {
  ref: 'template:default/service',
  title: 'Service',
  description: undefined,
  type: 'service',
  tags: [],
  owner: undefined,
  isShipped: false,
  actions: [],
  file: 'callboard-source://acme/template/default/service.yaml',
  instance: { id: 'acme', name: 'Acme', url: 'https://acme.example.com' },
  entity: { spec: { parameters: copied } },
};

async function formsOn(answer: Answer, { isSource = true } = {}) {
  const clock = new HastyClock();
  const { templates, requests: asked } = await standInScaffolder(answer, { clock });
  const instance = isSource ? ({ templates } as BackstageInstance) : undefined;
  const instances = { getInstance: async () => instance };
  return { forms: new InstanceForms({ instances, clock, logger: silentLogger }), asked, clock };
}

const served: Answer = (_, response) =>
  json(response, { title: 'Service', steps: [{ title: 'Of the server', schema: {} }] });

describe('form of a Backstage template', () => {
  it('is the server’s, and is refreshed after some time', async () => {
    const { forms, asked, clock } = await formsOn(served);
    for (let time = 0; time < 10; time++) {
      expect(await forms.parametersOf(template)).toEqual([{ title: 'Of the server' }]);
    }
    expect(asked).toHaveLength(1);
    clock.time += 10 * 60_000;
    await forms.parametersOf(template);
    expect(asked).toHaveLength(2);
  });

  it("is the copy’s while the server can't be reached", async () => {
    let isAway = true;
    const { forms, clock } = await formsOn((question, response) =>
      isAway ? response.destroy() : served(question, response),
    );
    expect(await forms.parametersOf(template)).toEqual(copied);
    isAway = false;
    expect(await forms.parametersOf(template)).toEqual(copied);
    clock.time += 60_000;
    expect(await forms.parametersOf(template)).toEqual([{ title: 'Of the server' }]);
  });

  it('is not shown without permission, with a way to get it', async () => {
    let requestCount = 0;
    const refusing = (status: number) =>
      formsOn((_, response) => {
        requestCount++;
        json(response, {}, { status });
      });
    const { forms } = await refusing(404);
    await expect(forms.parametersOf(template)).rejects.toThrow(
      'Backstage has no template template:default/service, or you have no access to it. Refresh the source to update the cached copy.',
    );
    // The form is requested again with each typed letter.
    await expect(forms.parametersOf(template)).rejects.toThrow('no template');
    expect(requestCount).toBe(1);
    const { forms: locked } = await refusing(401);
    await expect(locked.parametersOf(template)).rejects.toThrow('requires a token');
    const missing = await formsOn(served, { isSource: false });
    await expect(missing.forms.parametersOf(template)).rejects.toThrow(
      'is no longer a source of the catalog',
    );
  });
});
