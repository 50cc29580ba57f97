/** How pages of forges that show a file, below `http://` or `https://`, lead to those that tell who wrote which line of it. */
const forms: readonly (readonly [view: string, page: string])[] = [
  // GitLab, with a `-` since its version 12.
  ['[^/]+/.+?/(?:-/)?)blob', 'blame'],
  ['bitbucket\\.org/[^/]+/[^/]+/)src', 'annotate'],
  // Gitea, and Forgejo.
  ['(?:[^/]+/){3})src(?=/(?:branch|tag|commit)/[^/]+/)', 'blame'],
  // GitHub, which leads from either form to the file; Backstage has `tree` in annotations.
  ['[^/]*github\\.(?:[^/]+/){3})tree', 'blame'],
];

/**
 * The page that tells who wrote which line of a file, from the one that shows it; undefined where nobody knows.
 *
 * @param editUrl - tells a GitHub that is not named after it
 */
export function blameUrl(viewUrl: string, editUrl?: string): string | undefined {
  for (const [view, page] of forms) {
    const blame = viewUrl.replace(new RegExp(`^(https?://${view}/(?=[^/]+/)`), `$1${page}/`);
    if (blame !== viewUrl) return blame;
  }
  if (editUrl !== viewUrl && viewUrl.replace('/tree/', '/edit/') === editUrl) {
    return viewUrl.replace('/tree/', '/blame/');
  }
  const isAzure = /^https:.+\/_git\/[^/?]+\?(?:.*&)?path=/.test(viewUrl);
  return isAzure ? viewUrl.replace(/#.*|$/s, '&_a=blame') : undefined;
}
