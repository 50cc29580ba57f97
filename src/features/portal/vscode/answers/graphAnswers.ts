import { type GlanceDeps } from '../../../catalog/core/glances';
import { type EntityGraphs, graphAsMermaid } from '../../../catalog/core/pages';
import { answersOf, type RequestAnswer } from './requestAnswer';

export interface GraphAnswersDeps extends GlanceDeps {
  readonly graphs: EntityGraphs;
}

/** What graphs ask for, on their page and on cards. */
export function graphAnswers({ graphs, ...deps }: GraphAnswersDeps): readonly RequestAnswer[] {
  return answersOf({
    getGraph: ({ query }, signal) => graphs.getGraph(query, signal),
    getGraphText: async ({ query }, signal) => ({
      mermaid: graphAsMermaid(await graphs.getGraph(query, signal), deps.catalog),
    }),
  });
}
