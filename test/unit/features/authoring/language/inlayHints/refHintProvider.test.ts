import { afterEach, describe, expect, it } from 'vitest';
import { refHintProvider } from '../../../../../../src/features/authoring/language/inlayHints/refHintProvider';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

/** The text with the hints in it, each in `«»`, and their tooltips. */
async function hinted(
  text: string,
  lines: readonly [number, number] = [0, 100],
): Promise<{ lines: readonly string[]; tooltips: readonly unknown[] }> {
  workspace = await openLanguageWorkspace({ 'team.yaml': aDescriptor('group:team') });
  const request = workspace.open('a.yaml', text);
  const [first, last] = lines;
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  const hints = (await refHintProvider.inlayHints?.({ ...request, range })) ?? [];
  const tooltips: unknown[] = [];
  const shown = hints.map(({ position, label }) => {
    const [part] = typeof label === 'string' ? [] : label;
    tooltips.push([part?.tooltip, part?.location?.range.start.line]);
    const line = text.split('\n')[position.line] ?? '';
    return `${line.slice(0, position.character)}«${part?.value}»${line.slice(position.character)}`.trim();
  });
  return { lines: shown, tooltips };
}

describe('The hints in short refs', () => {
  it('tell the kind where it may be one of several, and the namespace unless it is the default', async () => {
    const text = aDescriptor('component:shop/a', {
      owner: 'team',
      system: 'sales',
      dependsOn: ['resource:db', 'resource:default/x'],
    });
    expect((await hinted(text)).lines).toEqual([
      'owner: «group:shop/»team',
      'system: «shop/»sales',
      '- resource:«shop/»db',
    ]);
  });

  it('lead to the entity', async () => {
    expect(await hinted(aComponent('a', { system: 'sales' }))).toEqual({
      lines: ['owner: «group:»team'],
      tooltips: [['group:default/team', 3]],
    });
  });

  it('are not given outside of the range that is asked for', async () => {
    expect((await hinted(aComponent('a'), [0, 4])).lines).toEqual([]);
  });

  it('are not given in templates', async () => {
    expect((await hinted(aComponent('${{ values.name }}'))).lines).toEqual([]);
  });
});
