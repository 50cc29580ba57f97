import type { PortalPage } from '../../../../api';
import * as validation from '../../protocol/validation';

/** The page that a webview had shown, by the state that it left; the home page where that is none. */
export function restoredPage(state: unknown): PortalPage {
  const { success, data } = validation.portalState.safeParse(state);
  return success ? data.page : { page: 'home' };
}
