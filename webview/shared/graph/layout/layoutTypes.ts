/** Input of the layout. */
export interface LayoutRequest {
  readonly nodes: readonly Box[];
  readonly edges: readonly LayoutEdge[];
  /** Indices of the nodes at the center of the graph. */
  readonly roots?: readonly number[];
  /** Space within which texts are legible, in units of the graph. */
  readonly room: Box;
  /** Factor on the gaps between nodes; default: 1. */
  readonly spacing?: number;
}

/** Indices of the ends, and number of relations. Default: 1. */
export type LayoutEdge = readonly [source: number, target: number, weight?: number];

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Direction of edges. */
export type Flow = 'right' | 'down';

export interface LayoutResult {
  readonly flow: Flow;
  /** Centers of the nodes, in the order of the request. */
  readonly places: readonly Place[];
}

export type Place = readonly [x: number, y: number];

/** Part of a drawing: centers of nodes by index, relative to its left top corner. */
export interface Block extends Box {
  readonly places: ReadonlyMap<number, Place>;
}

/** Nodes by rank along the flow, each with its wanted row across the flow. */
export type Ranks = readonly (readonly { readonly node: number; readonly row: number }[])[];
