import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  defaultCatalogOptions,
  problemSeverities,
  problemTitles,
} from '../../../src/features/catalog/core';
import { docsProblemTitles, docsSeverities } from '../../../src/features/techdocs/core';

interface Setting {
  default?: unknown;
  properties?: Record<string, { enum: string[]; default: string; description: string }>;
}
interface Manifest {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: { configuration: { properties: Record<string, Setting> }[] };
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')) as T;
const manifest = read<Manifest>('package.json');
const strings = read<Record<string, string>>('package.nls.json');
const settings: Record<string, Setting> = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }) => properties),
);

it('offers the severity of every problem code, with its default', () => {
  const offered = settings['callboard.problems.severity']?.properties ?? {};
  expect(offered).toEqual(
    Object.fromEntries(
      Object.entries({ ...problemSeverities, ...docsSeverities }).map(([code, severity]) => [
        code,
        {
          enum: ['error', 'warning', 'info', 'hint', 'off'],
          default: severity,
          description: `%problems.${code}%`,
        },
      ]),
    ),
  );
});

it('describes every problem code as the registry does', () => {
  const described = Object.entries(strings).filter(([key]) => key.startsWith('problems.'));
  expect(Object.fromEntries(described)).toEqual(
    Object.fromEntries(
      Object.entries({ ...problemTitles, ...docsProblemTitles }).map(([code, title]) => [
        `problems.${code}`,
        title,
      ]),
    ),
  );
});

it.each(['include', 'exclude', 'maxFileSize', 'customKinds'] as const)(
  'has the default of the engine for callboard.catalog.%s',
  name => {
    expect(settings[`callboard.catalog.${name}`]?.default).toEqual(defaultCatalogOptions[name]);
  },
);

it('withholds only settings that there are from workspaces that are not trusted', () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  expect(restrictedConfigurations).not.toEqual([]);
  for (const key of restrictedConfigurations) expect(settings).toHaveProperty([key]);
});
