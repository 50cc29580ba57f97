/** What the views keep for the workspace, beside the stars. */
export const stateKeys = {
  /** Id of the grouping. */
  grouping: 'catalog.grouping',
  /** The filter as it is typed. */
  filter: 'catalog.filter',
  /** Ids of unfolded rows. */
  expanded: 'catalog.expanded',
} as const;
