import { afterEach, describe, expect, it } from 'vitest';
import { refHintProvider } from '../../../../../../src/features/authoring/language/inlayHints/refHintProvider';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

/** The text with its hints in `«»`, and their tooltips. */
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

describe('Inlay hints in short refs', () => {
  it('show the kind when ambiguous, and a non-default namespace', async () => {
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

  it('link to the entity', async () => {
    expect(await hinted(aComponent('a', { system: 'sales' }))).toEqual({
      lines: ['owner: «group:»team'],
      tooltips: [['group:default/team', 3]],
    });
  });

  it('are limited to the requested range', async () => {
    expect((await hinted(aComponent('a'), [0, 4])).lines).toEqual([]);
  });

  it('are omitted in templates', async () => {
    expect((await hinted(aComponent('${{ values.name }}'))).lines).toEqual([]);
  });
});
