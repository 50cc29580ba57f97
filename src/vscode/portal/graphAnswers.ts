import { type EntityGraphs, glanceAt, type GlanceDeps, graphAsMermaid } from '../../core/portal';
import { portalRequests as requests } from '../../protocol/portal';
import { portalRequestParams as checks } from '../../protocol/validation';
import { answering, type RequestAnswer } from './requestAnswer';

export interface GraphAnswersDeps extends GlanceDeps {
  readonly graphs: EntityGraphs;
}

/** As many as fit below a box. */
const MAX_FOUND = 20;

/** What graphs ask for, on their page and on cards. */
export function graphAnswers({ graphs, ...deps }: GraphAnswersDeps): readonly RequestAnswer[] {
  return [
    answering(requests.getGraph, checks.getGraph, ({ query }, signal) =>
      graphs.getGraph(query, signal),
    ),
    answering(requests.getGraphText, checks.getGraphText, async ({ query }, signal) => ({
      mermaid: graphAsMermaid(await graphs.getGraph(query, signal), deps.catalog),
    })),
    answering(requests.findEntities, checks.findEntities, ({ text }) =>
      graphs.findRefs(text, MAX_FOUND).map(ref => glanceAt(ref, deps)),
    ),
  ];
}
