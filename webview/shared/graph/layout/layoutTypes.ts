/** A graph as far as the layout needs it. */
export interface LayoutRequest {
  readonly nodes: readonly Box[];
  readonly edges: readonly LayoutEdge[];
  /** Indices of the nodes that the graph is drawn around. */
  readonly roots?: readonly number[];
  /** Room that the drawing should fit into while texts are still legible, in units of the graph. */
  readonly room: Box;
}

/** Ends by the indices of their nodes, and how many relations the edge stands for. Default: 1. */
export type LayoutEdge = readonly [source: number, target: number, weight?: number];

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Where edges lead: to the right, or down. */
export type Flow = 'right' | 'down';

export interface LayoutResult {
  readonly flow: Flow;
  /** Center of each node, in the order of the request. */
  readonly places: readonly Place[];
}

export type Place = readonly [x: number, y: number];

/** Part of a drawing: the centers of its nodes, by their indices, from the part's own left top corner. */
export interface Block extends Box {
  readonly places: ReadonlyMap<number, Place>;
}

/** Nodes by rank along the flow, each with where across the flow it should be, in rows. */
export type Ranks = readonly (readonly { readonly node: number; readonly row: number }[])[];
