import { afterEach, describe, expect, it } from 'vitest';
import { workspaceSymbols } from '../../../../../../src/features/authoring/language/navigation/workspaceSymbols';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

async function find(query: string): Promise<readonly string[]> {
  const { signal } = new AbortController();
  const found = await workspaceSymbols(workspace.context, query, signal);
  return found.map(({ name, containerName }) => `${name} < ${containerName}`);
}

describe('Workspace symbols', () => {
  it('find entities by name, title and ref, best match first', async () => {
    workspace = await openLanguageWorkspace({
      'a.yaml': documents(
        aComponent('payments-ui', { system: 'money', owner: 'user:jane' }),
        aComponent('payments'),
        aComponent('old-payments'),
        aDescriptor('component:till', {}, { title: 'Payments till' }),
        aDescriptor('resource:payments/db'),
        aComponent('other'),
      ),
    });
    expect(await find('Payments')).toEqual([
      'payments < team',
      'payments-ui < user:jane / money',
      'till (Payments till) < team',
      'old-payments < team',
      'db < payments/team',
    ]);
    expect(await find('#payments')).toEqual(await find('payments'));
    expect(await find('pymnts-ui')).toEqual(['payments-ui < user:jane / money']);
  });

  it('are limited to 500 and complete without a query', async () => {
    const names = Array.from({ length: 501 }, (_, index) => aComponent(`c${index}`));
    workspace = await openLanguageWorkspace({ 'a.yaml': documents(...names) });
    expect(await find('')).toHaveLength(500);
  });
});
