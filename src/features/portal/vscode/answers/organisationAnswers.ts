import type { LinkTarget } from '../../../../api';
import type { Organisation } from '../../../catalog/core/pages';
import { answersOf, type RequestAnswer } from './requestAnswer';

export interface OrganisationAnswersDeps {
  readonly organisation: Organisation;
  /** Is told of the places that a page comes to know. */
  readonly allow: (targets: Iterable<LinkTarget>) => void;
}

/** What the page of the organisation asks for. */
export function organisationAnswers({
  organisation,
  allow,
}: OrganisationAnswersDeps): readonly RequestAnswer[] {
  return answersOf({
    getOrganisation: (_, signal) => organisation.getTree(signal),
    getTeam: async (request, signal) => {
      const team = await organisation.getTeam(request, signal);
      const { source } = team;
      if (source) allow([{ type: 'source', file: source.file, range: source.nameRange }]);
      return team;
    },
  });
}
