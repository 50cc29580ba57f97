import { LATEST_RELEASE, type Release } from '../../../../model';
import { earlyParts, outdatedParts, type PartPath } from '../../../../model/releases';
import type { CatalogProblemCode } from '../problems/problemSeverities';

/** A part of a document that doesn't fit a release of Backstage. */
export interface ReleaseIssue {
  readonly code: CatalogProblemCode & ('deprecated-field' | 'unsupported-field');
  readonly message: string;
  readonly path: PartPath;
  readonly at: 'key' | 'value';
}

/**
 * Reports the parts of an entity or an app-config that a release deprecated, or doesn't know yet. Annotations have
 * their own problem.
 *
 * @param config - path of the app-config; undefined for an entity
 */
export function releaseIssues(
  document: unknown,
  release: Release = LATEST_RELEASE,
  config?: string,
): readonly ReleaseIssue[] {
  const outdated = outdatedParts(document, { to: release, config }).flatMap(
    ({ rule, path, at, name }): readonly ReleaseIssue[] => {
      if (rule.target.type === 'annotation') return [];
      const message = `${name} is deprecated since Backstage ${rule.since}: ${rule.advice}`;
      return [{ code: 'deprecated-field', message, path, at }];
    },
  );
  const early = earlyParts(document, release).map(({ addition, path, at, name }): ReleaseIssue => {
    const message = `${name} needs Backstage ${addition.since}, but this Backstage is ${release}`;
    return { code: 'unsupported-field', message, path, at };
  });
  return [...outdated, ...early];
}
