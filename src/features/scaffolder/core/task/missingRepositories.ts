import type { TemplateStepResult } from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';

/**
 * The output of a run without links to repositories that don't exist, because the step that publishes them was skipped.
 * Such a step gives the addresses that the repository would have.
 */
export function withoutMissingRepositories(
  output: JsonObject,
  steps: readonly Pick<TemplateStepResult, 'status' | 'output'>[],
): JsonObject {
  const { links } = output;
  const missing = steps.flatMap(step =>
    step.status === 'skipped' ? addressesIn(step.output) : [],
  );
  if (missing.length === 0 || !Array.isArray(links)) return output;
  const leadsToMissing = (url: string): boolean =>
    missing.some(address => url === address || url.startsWith(`${address}/`));
  return {
    ...output,
    links: links.filter(link => {
      const url = isRecord(link) ? link['url'] : undefined;
      return typeof url !== 'string' || !leadsToMissing(url.replace(/\.git$/, ''));
    }),
  };
}

function addressesIn({ remoteUrl, repoContentsUrl }: JsonObject): readonly string[] {
  return [remoteUrl, repoContentsUrl].flatMap(url =>
    typeof url === 'string' && url !== '' ? url.replace(/\.git$/, '') : [],
  );
}
