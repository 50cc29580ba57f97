/** A graph as far as it matters to where things are drawn. */
export interface LayoutRequest {
  readonly nodes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
  }[];
  /** By the indices of their ends. */
  readonly edges: readonly (readonly [source: number, target: number])[];
}

/** Where the centre of each node is, in the order of the request. */
export type LayoutResult = readonly (readonly [x: number, y: number])[];

/** The nodes of a part by rank, from left to right, each with how far down it should be. */
export type Ranks = readonly (readonly { readonly node: number; readonly y: number }[])[];
