import type { TemplateEnvironment } from '../../appConfig/core';
import { defaultRepoHosts, type RepoHosts } from '../../scm/core/forges';

/** What a Backstage is configured with that Templates see. */
export interface ScaffolderSettings {
  readonly hosts: RepoHosts;
  readonly environment: TemplateEnvironment;
}

/** Of one without a config. */
export const defaultScaffolderSettings: ScaffolderSettings = {
  hosts: defaultRepoHosts,
  environment: { parameters: {}, secrets: {} },
};
