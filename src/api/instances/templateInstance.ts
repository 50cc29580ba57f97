/** A running Backstage that has Templates run. */
export interface TemplateInstance {
  /** As `CatalogSourceInfo.id`. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly url: string;
}
