import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { failedPage, loadingState } from '../shared/controls';
import { LightElement } from '../shared/elements/LightElement';
import { Resource } from '../shared/host/Resource';
import type { PortalContext } from './portalContext';

/** An element that loads a view from the host and renders it. */
export abstract class ViewElement<View> extends LightElement {
  @property({ attribute: false }) accessor portal!: PortalContext;

  protected readonly view = new Resource<View>(this, signal => this.load(signal));

  protected abstract load(signal: AbortSignal): Promise<View>;

  protected abstract draw(view: View): TemplateResult;

  /** Renders a placeholder until the first view arrives. */
  protected drawLoading(): TemplateResult {
    return loadingState();
  }

  refresh(): void {
    void this.view.reload();
  }

  protected override render(): TemplateResult {
    const { state } = this.view;
    if (state.status === 'loading') return this.drawLoading();
    if (state.status === 'failed') return failedPage(state.message, () => this.refresh());
    return this.draw(state.value);
  }
}
