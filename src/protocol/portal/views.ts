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
  GraphFacetValue,
  GraphNodeView,
  GraphView,
  ImpactGroup,
  TabView,
} from '../../core/portal';
