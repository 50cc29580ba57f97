/** The scope that decides on a setting: a trusted workspace, or the user alone. */
type Authority = 'trusted' | 'user';

/**
 * Settings that an untrusted workspace can't set, by their full keys. Any other setting can be set by every workspace.
 * The reasons are in `scripts/trust/settings.mjs`; `npm run trust` keeps the manifest and the threat model equal to this list.
 */
const guardedSettings: ReadonlyMap<string, Authority> = new Map([
  ['callboard.catalog.backstage.config', 'trusted'],
  ['callboard.catalog.hosts', 'trusted'],
  ['callboard.catalog.maxFileSize', 'trusted'],
  ['callboard.catalog.sources', 'trusted'],
  ['callboard.docs.graphviz', 'user'],
  ['callboard.docs.imageHosts', 'trusted'],
  ['callboard.docs.mkdocsPath', 'trusted'],
  ['callboard.docs.plantuml', 'user'],
  ['callboard.plugins.trustWorkspaceCode', 'user'],
  ['callboard.templates.hosts', 'user'],
  ['callboard.templates.integrations', 'trusted'],
  ['callboard.user', 'trusted'],
  ['callboard.yaml.schemaHosts', 'trusted'],
  ['github-enterprise.uri', 'trusted'],
]);

/** Effects that a workspace causes only once it's trusted. `docs/threat-model.md` has a row for each. */
export const guardedEffects = [
  'addressesOfConfigs',
  'diagramPrograms',
  'environmentVariables',
  'filesOutside',
  'forgesOfConfigs',
  'gitHistory',
  'gitIdentity',
  'gitMirrors',
  'mcpServer',
  'mkdocs',
  'modelExport',
  'pluginCommands',
  'pluginPrograms',
  'schemaRequests',
  'templateRuns',
] as const;

export type GuardedEffect = (typeof guardedEffects)[number];

/**
 * Whether a workspace's value of a setting counts.
 *
 * @param key - full key of a setting, of a group of settings, or of a part of a setting's value
 */
export function maySet(key: string, isTrusted: boolean): boolean {
  for (const [guarded, authority] of guardedSettings) {
    const isGuarded =
      key === guarded || key.startsWith(`${guarded}.`) || guarded.startsWith(`${key}.`);
    if (isGuarded && (authority === 'user' || !isTrusted)) return false;
  }
  return true;
}

/** Whether a workspace may cause an effect. */
export function mayCause(effect: GuardedEffect, isTrusted: boolean): boolean {
  return isTrusted || !guardedEffects.includes(effect);
}

/** Returns the keys of guarded settings by the scope that decides on them. */
export function settingsGuardedBy(wanted: Authority): readonly string[] {
  return [...guardedSettings].flatMap(([key, authority]) => (authority === wanted ? [key] : []));
}
