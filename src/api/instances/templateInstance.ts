/** A running Backstage that runs Templates. */
export interface TemplateInstance {
  /** `CatalogSourceInfo.id` of the source. */
  readonly id: string;
  readonly name: string;
  /** Address of the Backstage. */
  readonly url: string;
}
