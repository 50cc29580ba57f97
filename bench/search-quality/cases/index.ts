import type { QualityGroup } from '../types';
import { definitions } from './definitions';
import { documentation } from './documentation';
import { filters } from './filters';
import { misspelled } from './misspelled';
import { names } from './names';
import { peopleAndTemplates } from './peopleAndTemplates';
import { preferences } from './preferences';
import { words } from './words';

/** Expected results of the search. Changed only with a reason, never to fit an engine. */
export const qualityGroups: readonly QualityGroup[] = [
  ...names,
  ...misspelled,
  ...words,
  ...documentation,
  ...filters,
  ...definitions,
  ...peopleAndTemplates,
  ...preferences,
];
