/** What the host answers with, for those who show it. */
export type {
  CardView,
  EntityCardView,
  EntityGlance,
  EntityPageView,
  Glances,
  HomeArrangement,
  HomeCardView,
  HomePageView,
  GraphEdgeView,
  GraphEntity,
  GraphFacetValue,
  GraphNodeView,
  GraphView,
  ImpactGroup,
  TabView,
} from '../../core/portal';
