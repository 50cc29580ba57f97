/** Has the navigation of narrow windows open and close by keyboard, too. */
export function followDrawer(): void {
  const drawer = document.querySelector<HTMLInputElement>('#__drawer');
  const label = document.querySelector<HTMLElement>('.md-header label[for=__drawer]');
  const sidebar = document.querySelector<HTMLElement>('.md-sidebar--primary');
  if (!drawer || !label || !sidebar) return;
  // A label cannot be a button; what is in it can, and clicks on it are the label's.
  const button = document.createElement('span');
  button.tabIndex = 0;
  button.setAttribute('role', 'button');
  button.setAttribute('aria-label', label.title);
  button.append(...label.childNodes);
  label.append(button);
  const tell = (): void => button.setAttribute('aria-expanded', String(drawer.checked));
  const toggle = (isOpen: boolean): void => {
    drawer.checked = isOpen;
    tell();
    if (isOpen) sidebar.querySelector<HTMLElement>('a, input')?.focus();
    else button.focus();
  };
  tell();
  drawer.addEventListener('change', tell);
  button.addEventListener('keydown', event => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    toggle(!drawer.checked);
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && drawer.checked) toggle(false);
  });
}
