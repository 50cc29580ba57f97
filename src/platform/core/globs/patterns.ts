/** Whether a target of a Location has wildcards, or alternatives. */
export function isPattern(target: string): boolean {
  return /[*?{}[\]]|[!+@]\(/.test(target);
}
