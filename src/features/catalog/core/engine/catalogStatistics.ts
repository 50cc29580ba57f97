/** A file with at least one descriptor. */
export interface CatalogFile {
  readonly uri: string;
  /** YAML documents in it, empty ones counted. */
  readonly documents: number;
}

export interface CatalogStatistics {
  /** Files with at least one descriptor. */
  readonly files: number;
  /** YAML documents in them, empty ones counted. */
  readonly documents: number;
  readonly entities: number;
}
