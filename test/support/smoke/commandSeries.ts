/** A prompt of a command, and the answer to it. */
export interface Prompt {
  /** Text in the title, placeholder or message of the prompt. */
  readonly shows: string;
  /** Text to enter; default: the current text. */
  readonly type?: string;
  /** Text of the row to select; default: the first row. */
  readonly pick?: string;
  /** Whether to check the box of the first row before. */
  readonly checks?: boolean;
  /** Whether this is the last prompt in a restricted window. */
  readonly isLastIfRestricted?: boolean;
}

const entity = { shows: 'Name, title, ref, owner or tag' };
const smoke = { ...entity, type: 'component:default/smoke', pick: 'component:default/smoke' };

// A restricted window then shows that templates don't run.
const smokeTemplate = { type: 'Smoke template', pick: 'Smoke template', isLastIfRestricted: true };

/**
 * Prompts of each command by title, up to the last one. The last prompt is dismissed: an answer would
 * have effects outside of the window, or other tests cover it. `message` is a command that shows a message here.
 */
export const commandSeries: Readonly<Record<string, readonly Prompt[] | 'message'>> = {
  'Callboard: Go to Entity…': [entity],
  'Callboard: Set Your User…': [entity],
  'Callboard: Search…': [{ shows: 'Words, "phrases"' }],
  'Callboard: Go to Operation…': [{ shows: 'A method, a path or a name' }],
  'Callboard: Filter Catalog…': [{ shows: 'Words, or kind:' }],
  'Callboard: Filter Catalog By…': [
    { shows: 'Filter by' },
    { shows: 'Select values, or none for all' },
  ],
  'Callboard: Group Catalog By…': [{ shows: 'Group by' }],
  'Callboard: Export Catalog Model…': [
    { shows: 'Select the repository of a Backstage' },
    { shows: 'Folder path' },
  ],
  'Callboard: Describe This File…': [{ shows: 'Select a folder for the descriptor' }],
  'Callboard: Import…': [
    { shows: 'Select folders to create a catalog-info.yaml in', checks: true },
    { shows: 'Select a lifecycle' },
    { shows: 'Import (3/4)' },
    { shows: 'Write the files shown in the editor?' },
  ],
  'Callboard: Set Owner…': [smoke, { ...entity, shows: 'New Owner' }],
  'Callboard: Set System…': [smoke, { ...entity, shows: 'New System' }],
  'Callboard: Add TechDocs…': [entity, { shows: 'Add TechDocs to' }],
  // The entity at the cursor.
  'Callboard: Rename Entity…': [
    { shows: 'Rename smoke', type: 'smoke-renamed' },
    { shows: 'Apply the previewed changes?' },
  ],
  'Callboard: Move Entity to Namespace…': [
    smoke,
    { shows: 'Move smoke', type: 'elsewhere' },
    { shows: 'Apply the previewed changes?' },
  ],
  'Callboard: Transfer Ownership…': [
    entity,
    { shows: 'Select entities to transfer' },
    { shows: 'New Owner' },
    { shows: 'Apply the previewed changes?' },
  ],
  'Callboard: Entity Actions…': [smoke, { shows: 'Select an action' }],
  'Callboard: Open Docs…': [{ shows: 'Open Docs' }],
  'Callboard: Build Docs…': [{ shows: 'Build Docs' }, { shows: 'Folder path' }],
  'Callboard: Create from Template…': [
    { shows: 'Search by title, type, tag or owner', ...smokeTemplate },
    { shows: 'Smoke template (1/1)' },
    { shows: 'Browse…' },
  ],
  'Callboard: Set Git Access Token…': [
    { shows: 'Select a git host' },
    { shows: 'Access Token for' },
  ],
  'Callboard: Dry Run Template…': [
    { shows: 'Smoke form', ...smokeTemplate },
    { shows: 'Smoke template (1/1)' },
    { shows: 'Compare with nothing' },
  ],
  'Callboard: Check for Template Updates…': 'message',
  'Callboard: Add Kind…': [{ shows: 'Select a kind' }, { shows: 'Add Kind' }],
  'Callboard: Filter Problems…': [{ shows: 'Select which problems to show' }],
  'Callboard: Add Source…': [
    { shows: 'select the type of source', pick: 'Git Repository' },
    { shows: 'The clone URL of the repository', type: 'https://github.com/example/smoke' },
    { shows: 'The branch or tag' },
    { shows: 'Files, folders or glob patterns' },
    { shows: 'The name of the source', type: 'Smoke' },
    // A restricted window can't write to the settings of the workspace.
    { shows: 'Select which entities to allow', isLastIfRestricted: true },
    { shows: 'Select where to save the source' },
  ],
};
