/** What there is at a forge, for whoever is let in, by name. */
export interface ForgeLookups {
  /** Users and organizations, or groups, that repositories may be made for. */
  owners(signal: AbortSignal): Promise<readonly string[]>;
  repositories(owner: string, signal: AbortSignal): Promise<readonly string[]>;
  branches(owner: string, repo: string, signal: AbortSignal): Promise<readonly string[]>;
}

/** More than anybody looks through: what is not among them is typed. */
export const MOST_CHOICES = 500;

/** Names in an answer, each once, sorted as people do. */
export function namesIn(
  rows: readonly Record<string, unknown>[],
  nameOf: (row: Record<string, unknown>) => unknown,
): readonly string[] {
  const names = new Set(rows.map(nameOf).filter(name => typeof name === 'string'));
  return [...names].sort((a, b) => a.localeCompare(b, 'en'));
}
