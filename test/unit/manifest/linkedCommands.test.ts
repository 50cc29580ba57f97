import { expect, it } from 'vitest';
import manifest from '../../../package.json';
import { entityActions } from '../../../src/features/authoring/language';
import { linkedCommands } from '../../../src/features/authoring/protocol';

it('links and lenses of the language server run exactly the entity commands', () => {
  expect(
    entityActions()
      .map(({ command }) => command)
      .sort(),
  ).toEqual([...linkedCommands].sort());
  const commands = manifest.contributes.commands.map(({ command }) => command);
  expect(commands).toEqual(expect.arrayContaining([...linkedCommands]));
});
