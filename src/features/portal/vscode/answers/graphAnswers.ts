import { type GlanceDeps } from '../../../catalog/core/glances';
import { type EntityGraphs, graphAsMermaid } from '../../../catalog/core/pages';
import { portalRequests as requests } from '../../protocol';
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
