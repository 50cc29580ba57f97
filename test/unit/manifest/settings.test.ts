import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { definitionSeverities } from '../../../src/features/apis/core/outline/outline';
import { renameSeverities } from '../../../src/features/backstage/plugin/moved/renameWatch';
import { defaultCatalogOptions, problemSeverities } from '../../../src/features/catalog/core';
import { pluginSeverities } from '../../../src/features/plugins/core/declarative/pluginFiles';
import { docsSeverities } from '../../../src/features/techdocs/core';

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
const settings: Record<string, Setting> = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }) => properties),
);

it('offers the severity of every problem code with a default and a description', () => {
  const registries = [
    problemSeverities,
    docsSeverities,
    definitionSeverities,
    renameSeverities,
    pluginSeverities,
  ];
  const severities = registries.flatMap(registry => Object.entries(registry));
  const offered = settings['callboard.problems.severity']?.properties ?? {};
  expect(offered).toEqual(
    Object.fromEntries(
      severities.map(([code, severity]) => [
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

it.each(['include', 'exclude', 'maxFileSize', 'customKinds'] as const)(
  "has the engine's default for callboard.catalog.%s",
  name => {
    expect(settings[`callboard.catalog.${name}`]?.default).toEqual(defaultCatalogOptions[name]);
  },
);

it('restricts only existing settings in untrusted workspaces', () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  expect(restrictedConfigurations).not.toEqual([]);
  for (const key of restrictedConfigurations) expect(settings).toHaveProperty([key]);
});
