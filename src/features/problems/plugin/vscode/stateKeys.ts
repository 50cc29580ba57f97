/** What the view keeps for the workspace. */
export const stateKeys = {
  /** `entity` or `code`. */
  grouping: 'problems.grouping',
  /** What the view shows, as `ProblemFilter`. */
  filter: 'problems.filter',
} as const;
