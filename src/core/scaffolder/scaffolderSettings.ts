import type { TemplateEnvironment } from '../appConfig';
import { defaultRepoHosts, type RepoHosts } from './rendering/repoUrl';

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
