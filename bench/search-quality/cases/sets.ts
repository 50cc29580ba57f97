import { headingId } from '../headingId';
import { areas, programs } from '../invented/areas';
import type { AnswerId } from '../types';

/* Answers of which the invented organization has many. */

/** The system, the service, the store and the team of an area, and its other programs. */
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

/** A section that the docs of every area have. */
export function sectionOfAll(file: string, heading: string): readonly AnswerId[] {
  return areas.map(([area]) => `docs:${area}/docs/${file}#${headingId(heading)}`);
}
