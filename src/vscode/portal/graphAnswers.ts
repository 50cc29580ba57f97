import { type EntityGraphs, type GlanceDeps, graphAsMermaid } from '../../core/portal';
import { portalRequests as requests } from '../../protocol/portal';
import { portalRequestParams as checks } from '../../protocol/validation';
import { answering, type RequestAnswer } from './requestAnswer';

export interface GraphAnswersDeps extends GlanceDeps {
  readonly graphs: EntityGraphs;
}

/** What graphs ask for, on their page and on cards. */
export function graphAnswers({ graphs, ...deps }: GraphAnswersDeps): readonly RequestAnswer[] {
  return [
    answering(requests.getGraph, checks.getGraph, ({ query }, signal) =>
      graphs.getGraph(query, signal),
    ),
    answering(requests.getGraphText, checks.getGraphText, async ({ query }, signal) => ({
      mermaid: graphAsMermaid(await graphs.getGraph(query, signal), deps.catalog),
    })),
  ];
}
