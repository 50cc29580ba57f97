/** How the pages of forges that show a file lead to those that tell who wrote which line of it. */
const forms: readonly (readonly [view: RegExp, blame: string])[] = [
  // GitLab, with a `-` since its version 12.
  [/^(https?:\/\/[^/]+\/.+?\/(?:-\/)?)blob\/(?=[^/]+\/)/, '$1blame/'],
  // Gitea, and Forgejo.
  [/^(https?:\/\/[^/]+\/[^/]+\/[^/]+\/)src\/(?=(?:branch|tag|commit)\/[^/]+\/)/, '$1blame/'],
  [/^(https?:\/\/bitbucket\.org\/[^/]+\/[^/]+\/)src\/(?=[^/]+\/)/, '$1annotate/'],
  // GitHub, which leads from either form to the file; Backstage has `tree` in annotations.
  [/^(https?:\/\/[^/]*github\.[^/]+\/[^/]+\/[^/]+\/)tree\/(?=[^/]+\/)/, '$1blame/'],
];

/** The page that tells who wrote which line of a file, from the one that shows it; undefined where nobody knows. */
export function blameUrl(viewUrl: string): string | undefined {
  const form = forms.find(([view]) => view.test(viewUrl));
  if (form) return viewUrl.replace(...form);
  const isAzure = /^https:\/\/[^/]+\/.+\/_git\/[^/?]+\?(?:.*&)?path=/.test(viewUrl);
  return isAzure ? `${viewUrl}&_a=blame` : undefined;
}
