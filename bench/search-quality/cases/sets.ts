import { headingId } from '../headingId';
import { areas, programs } from '../invented/areas';
import type { AnswerId } from '../types';

/* Answers of which the invented organization has many. */

/** Entities of an area: system, service, store, team and other programs. */
export function areaOf(area: string, thing: string): readonly AnswerId[] {
  return [
    `system:default/${area}`,
    `component:default/${area}-service`,
    `resource:default/${area}-db`,
    `group:default/team-${area}`,
    `api:default/${thing}-api`,
    ...programs.map(([suffix]) => `component:default/${thing}-${suffix}`),
  ];
}

/** Returns a section that exists in the docs of every area. */
export function sectionOfEachArea(file: string, heading: string): readonly AnswerId[] {
  return areas.map(([area]) => `docs:${area}/docs/${file}#${headingId(heading)}`);
}
