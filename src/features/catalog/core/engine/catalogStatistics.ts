/** A file with at least one descriptor. */
export interface CatalogFile {
  readonly uri: string;
  /** Number of YAML documents, including empty ones. */
  readonly documents: number;
}

export interface CatalogStatistics {
  /** Number of files with at least one descriptor. */
  readonly files: number;
  /** Number of YAML documents in them, including empty ones. */
  readonly documents: number;
  readonly entities: number;
}
