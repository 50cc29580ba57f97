import { afterEach, describe, expect, it } from 'vitest';
import { entityLensProvider } from '../../../../../../src/features/authoring/language/codeLens/entityLensProvider';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

const text = documents(
  `# A comment\n${aDescriptor('component:shop', {}, { annotations: { 'backstage.io/techdocs-ref': 'dir:.' } })}`,
  aComponent('cart', { owner: 'user:jane', dependsOn: ['component:shop'] }),
);

async function lenses(commands?: readonly string[]): Promise<readonly string[]> {
  workspace = await openLanguageWorkspace({
    'a.yaml': text,
    'team.yaml': aDescriptor('group:team'),
  });
  const request = workspace.open('a.yaml', `${text}---\n${aComponent('new')}`);
  const context = { ...request.context, ...(commands && { commands: new Set(commands) }) };
  const found = (await entityLensProvider.codeLenses?.({ ...request, context })) ?? [];
  return found.map(({ range, command }) =>
    [
      `${range.start.line + 1} ${command?.title}`,
      ...(command?.command ? [command.command, ...(command.arguments ?? []).map(String)] : []),
    ].join(' '),
  );
}

describe('Entity code lenses', () => {
  it('run supported commands', async () => {
    expect(
      await lenses([
        'callboard.entity.open',
        'callboard.entity.showDependents',
        'callboard.entity.openDocs',
      ]),
    ).toEqual([
      '2 owned by team callboard.entity.open group:default/team',
      '2 dependents: 1 entity of 1 owner callboard.entity.showDependents component:default/shop',
      '2 docs callboard.entity.openDocs component:default/shop',
      '13 owned by user:jane',
      '13 no dependents',
      '24 owned by team callboard.entity.open group:default/team',
    ]);
  });

  it('open the page of an owner when supported', async () => {
    expect(await lenses(['callboard.entity.openPage', 'callboard.entity.open'])).toContain(
      '2 owned by team callboard.entity.openPage group:default/team',
    );
  });

  it('count indirect dependents', async () => {
    const api = aDescriptor('api:orders');
    const more = documents(
      aComponent('shop', { providesApis: ['orders'] }),
      api,
      aComponent('web', { owner: 'crew', consumesApis: ['orders'] }),
    );
    workspace = await openLanguageWorkspace({ 'a.yaml': more });
    const found = (await entityLensProvider.codeLenses?.(workspace.open('a.yaml', more))) ?? [];
    const titles = found.map(({ command }) => command?.title ?? '');
    expect(titles.filter(title => title.includes('dependents'))).toEqual([
      'dependents: 2 entities of 2 owners',
      'dependents: 1 entity of 1 owner',
      'no dependents',
    ]);
  });

  it('are plain text for a client without commands', async () => {
    expect(await lenses()).toEqual([
      '2 owned by team',
      '2 dependents: 1 entity of 1 owner',
      '13 owned by user:jane',
      '13 no dependents',
      '24 owned by team',
    ]);
  });
});
