import type { Release } from '../release';
import { isRecord } from '../../base';

/** Keys, and indices of list items. */
export type PartPath = readonly (string | number)[];

/** Change of one part of a document. */
export type PartChange =
  | { readonly type: 'remove'; readonly path: PartPath }
  | { readonly type: 'rename'; readonly path: PartPath; readonly to: string }
  | { readonly type: 'set'; readonly path: PartPath; readonly value: unknown };

/** Change log entry of a package that a rule follows; the comment above it quotes the line. */
export interface RuleSource {
  /** npm package. */
  readonly package: string;
  readonly version: string;
}

/** Part of a document that a rule is about. */
export type RuleTarget =
  /** Field of entities. `*` matches any key or index. */
  | { readonly type: 'field'; readonly kind: string; readonly path: readonly string[] }
  /** Key of a configuration file. */
  | { readonly type: 'config'; readonly file: RegExp; readonly path: readonly string[] }
  | { readonly type: 'annotation'; readonly key: string }
  /** Inputs of an action in templates. */
  | { readonly type: 'input'; readonly action: string; readonly names: readonly string[] }
  | { readonly type: 'action'; readonly action: string }
  /** Option of form fields in templates. */
  | { readonly type: 'option'; readonly fields: readonly string[]; readonly name: string }
  | { readonly type: 'apiVersion'; readonly kind: string; readonly apiVersion: string };

/** Replacement of an outdated part. */
export type RuleChange =
  | { readonly type: 'remove' }
  /** Another key for the same value. */
  | { readonly type: 'rename'; readonly to: string }
  /** Another field, relative to the map with the part. */
  | {
      readonly type: 'move';
      readonly to: readonly string[];
      readonly value?: (value: unknown) => unknown;
    }
  /** Text instead of the value; `value` returns undefined if it can't be known. */
  | { readonly type: 'replace'; readonly value: (around: unknown) => string | undefined }
  /** Template of the first version to the current one. */
  | { readonly type: 'migrateTemplate' }
  | { readonly type: 'byHand' };

/** A part that Backstage deprecated or removed. */
export interface UpgradeRule {
  readonly id: string;
  /** The first release that deprecates or ignores the part. */
  readonly since: Release;
  readonly target: RuleTarget;
  readonly change: RuleChange;
  /** Text after "…: ", such as "use X". */
  readonly advice: string;
  readonly source: RuleSource;
}

/** A part that older releases don't know. */
export interface Addition {
  readonly since: Release;
  readonly target: Extract<RuleTarget, { type: 'field' | 'input' | 'action' }>;
  readonly source: RuleSource;
}

const APP_CONFIG = /(?:^|\/)app-config(?:\.[\w.-]+)?\.ya?ml$/;
const MKDOCS = /(?:^|\/)mkdocs\.ya?ml$/;

const SCAFFOLDER = '@backstage/plugin-scaffolder-backend';
const SCAFFOLDER_COMMON = '@backstage/plugin-scaffolder-common';
const CATALOG_MODEL = '@backstage/catalog-model';
const INTEGRATION = '@backstage/integration';
const GITHUB = '@backstage/plugin-scaffolder-backend-module-github';
const GITLAB = '@backstage/plugin-scaffolder-backend-module-gitlab';
const SENTRY = '@backstage/plugin-scaffolder-backend-module-sentry';

const allowedKinds = {
  since: '1.10',
  change: { type: 'move', to: ['catalogFilter'], value: (kind: unknown) => ({ kind }) },
  advice: 'use catalogFilter',
  source: {
    package: '@backstage/plugin-scaffolder',
    version: '1.10.0',
    // e4c0240445: The `allowedKinds` field has been deprecated. Use `catalogFilter` instead.
  },
} as const satisfies Partial<UpgradeRule>;

const recovery = {
  package: SCAFFOLDER,
  version: '4.2.0',
  // e95b649: Added task recovery feature with new `scaffolder.taskRecovery` config section.
};

const azureCredentials = {
  package: INTEGRATION,
  version: '1.7.0',
  // 5f1a92b9f19f: deprecated `credential` and `token` in favour of `credentials` (removed in
  // 2.0.0)
};

const integrations2 = {
  package: INTEGRATION,
  version: '2.0.0',
  // 527cf88: Removed deprecated Azure DevOps, Bitbucket, Gerrit and GitHub code
};

/**
 * Rules for moving to a newer release of Backstage, oldest first. Each follows a line of a change log; changes before
 * the first release count as 1.0. Annotations are the deprecated ones of `annotations.tsv`.
 */
export const upgradeRules: readonly UpgradeRule[] = [
  {
    id: 'implements-apis',
    since: '1.0',
    target: { type: 'field', kind: 'Component', path: ['spec', 'implementsApis'] },
    change: { type: 'rename', to: 'providesApis' },
    advice: 'use providesApis',
    source: {
      package: CATALOG_MODEL,
      version: '0.6.0',
      // ac3560b42: Remove `implementsApis` from `Component` entities. Use `providesApis`.
    },
  },
  ...['ancestors', 'descendants'].map((name): UpgradeRule => ({
    id: `group-${name}`,
    since: '1.0',
    target: { type: 'field', kind: 'Group', path: ['spec', name] },
    change: { type: 'remove' },
    advice: 'remove it, because Backstage derives the hierarchy from parent and children',
    source: {
      package: CATALOG_MODEL,
      version: '0.5.0',
      // 83b6e0c1f: Remove the deprecated fields `ancestors` and `descendants` from the `Group`.
    },
  })),
  {
    id: 'template-v1beta2',
    since: '1.0',
    target: { type: 'apiVersion', kind: 'Template', apiVersion: 'backstage.io/v1beta2' },
    change: { type: 'migrateTemplate' },
    advice: 'use scaffolder.backstage.io/v1beta3',
    source: {
      package: SCAFFOLDER,
      version: '0.18.0',
      // 310e905998: Support for `backstage.io/v1beta2` Software Templates has been removed.
    },
  },
  {
    id: 'annotation-github-actions-id',
    since: '1.0',
    target: { type: 'annotation', key: 'backstage.io/github-actions-id' },
    change: { type: 'rename', to: 'github.com/project-slug' },
    advice: 'use github.com/project-slug',
    source: {
      package: '@backstage/plugin-github-actions',
      version: '0.6.15',
      // Reads only `github.com/project-slug` (GITHUB_ACTIONS_ANNOTATION).
    },
  },
  {
    id: 'annotation-definition-at-location',
    since: '1.0',
    target: { type: 'annotation', key: 'backstage.io/definition-at-location' },
    change: { type: 'byHand' },
    advice: 'let spec.definition be a $text, $json or $yaml placeholder',
    source: {
      package: '@backstage/plugin-catalog-backend',
      version: '0.2.0',
      // e6b00e3af: Remove the backstage.io/definition-at-location annotation.
    },
  },
  {
    id: 'annotation-jenkins-github-folder',
    since: '1.0',
    target: { type: 'annotation', key: 'jenkins.io/github-folder' },
    change: { type: 'rename', to: 'jenkins.io/job-full-name' },
    advice: 'use jenkins.io/job-full-name',
    source: {
      package: '@backstage/plugin-jenkins-backend',
      version: '0.4.5',
      // `jenkins.io/github-folder` is OLD_JENKINS_ANNOTATION, beside `jenkins.io/job-full-name`.
    },
  },
  {
    id: 'publish-bitbucket',
    since: '1.2',
    target: { type: 'action', action: 'publish:bitbucket' },
    change: { type: 'replace', value: bitbucketAction },
    advice: 'use publish:bitbucketCloud or publish:bitbucketServer',
    source: {
      package: SCAFFOLDER,
      version: '1.2.0',
      // 8d5a2238a9: Split `publish:bitbucket` into two actions.
    },
  },
  {
    id: 'merge-request-project-id',
    since: '1.3',
    target: { type: 'input', action: 'publish:gitlab:merge-request', names: ['projectid'] },
    change: { type: 'remove' },
    advice: 'remove it, because Backstage reads the project from repoUrl',
    source: {
      package: SCAFFOLDER,
      version: '1.3.0',
      // 35a26131b3: DEPRECATION: The `projectid` input of `publish:gitlab:merge-request`
    },
  },
  {
    id: 'copy-without-render',
    since: '1.4',
    target: { type: 'input', action: 'fetch:template', names: ['copyWithoutRender'] },
    change: { type: 'rename', to: 'copyWithoutTemplating' },
    advice: 'use copyWithoutTemplating',
    source: {
      package: SCAFFOLDER,
      version: '1.4.0',
      // ff316b86d8: Deprecate `copyWithoutRender` in favor of `copyWithoutTemplating` (removed in
      // 2.0.0).
    },
  },
  {
    id: 'picker-allowed-kinds',
    target: {
      type: 'option',
      fields: ['EntityPicker', 'OwnedEntityPicker', 'OwnerPicker'],
      name: 'allowedKinds',
    },
    ...allowedKinds,
  },
  {
    id: 'azure-token',
    since: '1.18',
    target: { type: 'config', file: APP_CONFIG, path: ['integrations', 'azure', '*', 'token'] },
    change: {
      type: 'move',
      to: ['credentials'],
      value: token => [{ personalAccessToken: token }],
    },
    advice: 'use credentials',
    source: azureCredentials,
  },
  {
    id: 'azure-credential',
    since: '1.18',
    target: {
      type: 'config',
      file: APP_CONFIG,
      path: ['integrations', 'azure', '*', 'credential'],
    },
    change: { type: 'move', to: ['credentials'], value: credential => [credential] },
    advice: 'use credentials',
    source: azureCredentials,
  },
  ...[
    { name: 'repoVisibility', to: 'visibility' },
    { name: 'topics', to: 'topics' },
  ].map(({ name, to }): UpgradeRule => ({
    id: `gitlab-${to}`,
    since: '1.19',
    target: { type: 'input', action: 'publish:gitlab', names: [name] },
    change: { type: 'move', to: ['settings', to] },
    advice: `use settings.${to}`,
    source: {
      package: SCAFFOLDER,
      version: '1.18.0',
      // dea0aafda7: Marked existed properties `repoVisibility` and `topics` as deprecated
    },
  })),
  ...[
    {
      name: 'disableRelationsCompatibility',
      advice: 'remove it, because relations have no target by default',
      // d675d96: BREAKING: the `disableRelationsCompatiblity` flag has been removed
    },
    {
      name: 'useUrlReadersSearch',
      advice: 'remove it, because URL locations are always searched',
      // 2339363: BREAKING: The experimental `catalog.useUrlReadersSearch` configuration flag has
      // been removed.
    },
  ].map(({ name, advice }): UpgradeRule => ({
    id: `catalog-${name}`,
    since: '1.41',
    target: { type: 'config', file: APP_CONFIG, path: ['catalog', name] },
    change: { type: 'remove' },
    advice,
    source: { package: '@backstage/plugin-catalog-backend', version: '3.0.0' },
  })),
  {
    id: 'bitbucket-app-password',
    since: '1.45',
    target: {
      type: 'config',
      file: APP_CONFIG,
      path: ['integrations', 'bitbucketCloud', '*', 'appPassword'],
    },
    change: { type: 'byHand' },
    advice: 'use an API token in token, with your email address as username',
    source: {
      package: INTEGRATION,
      version: '1.18.2',
      // fa255f5: Support for Bitbucket Cloud's API token was added as `appPassword` is deprecated
    },
  },
  {
    id: 'bitbucket-integration',
    since: '1.49',
    target: { type: 'config', file: APP_CONFIG, path: ['integrations', 'bitbucket'] },
    change: { type: 'byHand' },
    advice: 'use bitbucketCloud or bitbucketServer',
    source: integrations2,
  },
  ...['hooks', 'INHERIT'].map((key): UpgradeRule => ({
    id: `mkdocs-${key}`,
    since: '1.49',
    target: { type: 'config', file: MKDOCS, path: [key] },
    change: { type: 'byHand' },
    advice:
      'TechDocs removes it, unless techdocs.generator.mkdocs.dangerouslyAllowAdditionalKeys has it',
    source: {
      package: '@backstage/plugin-techdocs-node',
      version: '1.14.4',
      // e96f6d9: Removed `INHERIT` from the `ALLOWED_MKDOCS_KEYS`; cb7c6b1: Added
      // `dangerouslyAllowAdditionalKeys`
    },
  })),
  {
    id: 'form-decorators',
    since: '1.51',
    target: { type: 'field', kind: 'Template', path: ['spec', 'EXPERIMENTAL_formDecorators'] },
    change: { type: 'rename', to: 'formDecorators' },
    advice: 'use formDecorators',
    source: {
      package: SCAFFOLDER_COMMON,
      version: '2.2.0',
      // 8006acf: Promote the `formDecorators` field on the `Template` spec out of experimental.
    },
  },
  {
    id: 'github-repo-create-inputs',
    since: '1.55',
    target: {
      type: 'input',
      action: 'github:repo:create',
      names: [
        'blockCreations',
        'branch',
        'bypassPullRequestAllowances',
        'defaultBranch',
        'dismissStaleReviews',
        'gitAuthorEmail',
        'gitAuthorName',
        'gitCommitMessage',
        'protectDefaultBranch',
        'protectEnforceAdmins',
        'requireBranchesToBeUpToDate',
        'requireCodeOwnerReviews',
        'requiredApprovingReviewCount',
        'requiredCommitSigning',
        'requiredConversationResolution',
        'requiredLinearHistory',
        'requiredStatusCheckContexts',
        'requireLastPushApproval',
        'restrictions',
        'sourcePath',
      ],
    },
    change: { type: 'remove' },
    advice:
      'remove it, because the action always ignored it; github:repo:push has most of these inputs',
    source: {
      package: GITHUB,
      version: '0.10.0',
      // aced3e4: BREAKING: Removed unused inputs from the `github:repo:create` action schema.
    },
  },
  ...[
    {
      path: ['catalog', 'stitchingStrategy', 'mode'],
      advice: 'remove it, because stitching is always deferred',
    },
    {
      path: ['catalog', 'enableRelationsCompatibility'],
      advice: 'remove it, because relations have no target anymore',
    },
  ].map(({ path, advice }): UpgradeRule => ({
    id: path.at(-1) === 'mode' ? 'stitching-mode' : 'relations-compatibility',
    since: '1.55',
    target: { type: 'config', file: APP_CONFIG, path },
    change: { type: 'remove' },
    advice,
    source: {
      package: '@backstage/plugin-catalog-backend',
      version: '4.0.0',
      // b0d8a53, d2cf99f: BREAKING: Removed the deprecated `catalog.stitchingStrategy.mode` and
      // `catalog.enableRelationsCompatibility`
    },
  })),
  ...['sentry:project:create', 'sentry:fetch:dsn'].map((action): UpgradeRule => ({
    id: `${action.replaceAll(':', '-')}-api-base-url`,
    since: '1.55',
    target: { type: 'input', action, names: ['apiBaseUrl'] },
    change: { type: 'byHand' },
    advice: 'set scaffolder.sentry.apiBaseUrl in the app-config, and remove the input',
    source: {
      package: SENTRY,
      version: '0.4.0',
      // 52b5c79: Move custom action-level `apiBaseUrl` values to `scaffolder.sentry.apiBaseUrl`
    },
  })),
  ...[
    { name: 'EXPERIMENTAL_recoverTasks', to: 'enabled' },
    { name: 'EXPERIMENTAL_recoverTasksTimeout', to: 'staleTimeout' },
    { name: 'EXPERIMENTAL_workspaceSerializationProvider', to: 'workspaceProvider' },
  ].map(({ name, to }): UpgradeRule => ({
    id: `scaffolder-${to}`,
    since: '1.55',
    target: { type: 'config', file: APP_CONFIG, path: ['scaffolder', name] },
    change: { type: 'move', to: ['taskRecovery', to] },
    advice: `use taskRecovery.${to}`,
    source: recovery,
  })),
  {
    id: 'scaffolder-workspace-serialization',
    since: '1.55',
    target: {
      type: 'config',
      file: APP_CONFIG,
      path: ['scaffolder', 'EXPERIMENTAL_workspaceSerialization'],
    },
    change: { type: 'byHand' },
    advice: 'set taskRecovery.workspaceProvider, and remove it',
    source: recovery,
  },
];

/** Parts that releases added, which older ones refuse or ignore. */
export const additions: readonly Addition[] = [
  field('1.49', ['spec', 'secrets'], {
    package: SCAFFOLDER_COMMON,
    version: '2.0.0',
    // e8736ea: Added an optional `secrets` field to `TemplateEntityV1beta3`
  }),
  ...['links', 'text'].map(list =>
    field('1.50', ['spec', 'output', list, '*', 'if'], {
      package: SCAFFOLDER_COMMON,
      version: '2.1.0',
      // 3ef6078: Added optional `if` property to `ScaffolderOutputLink` and
      // `ScaffolderOutputText`
    }),
  ),
  field('1.51', ['spec', 'formDecorators'], {
    package: SCAFFOLDER_COMMON,
    version: '2.2.0',
    // 8006acf: Promote the `formDecorators` field on the `Template` spec out of experimental.
  }),
  field('1.57', ['spec', 'parameters', '*', 'when'], {
    package: SCAFFOLDER_COMMON,
    version: '2.4.0',
    // ff0ef74: Added support for `when` conditions on parameter steps
  }),
  inputs('1.41', 'publish:github:pull-request', ['filesToDelete'], {
    package: GITHUB,
    version: '0.8.1',
    // f36bcf9: Added support for file deletion to `publish:github:pull-request`
  }),
  action('1.43', 'github:issues:create', {
    package: GITHUB,
    version: '0.9.0',
    // f0f06b4: Adding a new scaffolder action `github:issues:create`
  }),
  inputs('1.43', 'github:repo:create', ['autoInit'], {
    package: GITHUB,
    version: '0.9.0',
    // aee107b: Add `auto_init` option to `github:repo:create`
  }),
  inputs('1.47', 'github:repo:create', ['workflowAccess'], {
    package: GITHUB,
    version: '0.9.4',
    // bb7088b: Added options to set workflow access level for repositories to
    // `github:repo:create`
  }),
  action('1.48', 'gitlab:user:info', {
    package: GITLAB,
    version: '0.11.3',
    // 32c51c0: Added new `gitlab:user:info` scaffolder action
  }),
  inputs('1.49', 'github:actions:dispatch', ['returnWorkflowRunDetails'], {
    package: GITHUB,
    version: '0.9.7',
    // a761a48: Added optional `returnWorkflowRunDetails` input to `github:actions:dispatch`
  }),
  action('1.49', 'gitlab:group:access', {
    package: GITLAB,
    version: '0.11.4',
    // 0c1726a: Added new `gitlab:group:access` scaffolder action
  }),
  inputs('1.49', 'publish:gitlab', ['ownerUsername'], {
    package: GITLAB,
    version: '0.11.4',
    // 4b8fcf0: Added two optional inputs to the `publish:gitlab` action
  }),
  inputs('1.51', 'gitlab:repo:push', ['allowEmpty'], {
    package: GITLAB,
    version: '0.11.6',
    // 8474da5: Added `allowEmpty` input option to the `gitlab:repo:push` action
  }),
  ...['workspace:template', 'workspace:template:file'].map(id =>
    action('1.55', id, {
      package: SCAFFOLDER,
      version: '4.2.0',
      // 09f42dd: export workspace:template* actions by default
    }),
  ),
  inputs('1.55', 'publish:gitlab:merge-request', ['autoMerge'], {
    package: GITLAB,
    version: '0.12.0',
    // cd77db3: Added an `autoMerge` boolean input to `publish:gitlab:merge-request`
  }),
  action('1.57', 'github:repo:rulesets:create', {
    package: GITHUB,
    version: '0.10.2',
    // 1368ad3: Added a `github:repo:rulesets:create` action
  }),
];

function field(since: Release, path: readonly string[], source: RuleSource): Addition {
  return { since, target: { type: 'field', kind: 'Template', path }, source };
}

function inputs(
  since: Release,
  id: string,
  names: readonly string[],
  source: RuleSource,
): Addition {
  return { since, target: { type: 'input', action: id, names }, source };
}

function action(since: Release, id: string, source: RuleSource): Addition {
  return { since, target: { type: 'action', action: id }, source };
}

/** Returns the action for the host of `input.repoUrl`, if that is written out. */
function bitbucketAction(step: unknown): string | undefined {
  const input = isRecord(step) ? step['input'] : undefined;
  const url = isRecord(input) ? input['repoUrl'] : undefined;
  if (typeof url !== 'string' || url.startsWith('${{') || url.startsWith('{{')) return undefined;
  return url.startsWith('bitbucket.org?') ? 'publish:bitbucketCloud' : 'publish:bitbucketServer';
}
