const icon = (path: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** Drawn for the pages of built sites, which load nothing from elsewhere. */
export const icons = {
  menu: icon('M4 6h16M4 12h16M4 18h16'),
  edit: icon('M4 20h4L19 9l-4-4L4 16zM13 7l4 4'),
  prev: icon('M20 12H5m6-6-6 6 6 6'),
  next: icon('M4 12h15m-6-6 6 6-6 6'),
  repository: icon(
    'M6 3v12m0 0a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM18 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm0 0a9 9 0 0 1-9 9',
  ),
} as const;

/** An open book, in the colours of the header. */
export const SITE_ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="4" fill="#22395b"/><path d="M12 7C10 5.500 7 5.500 5 6.500V17c2-1 5-1 7 .500 2-1.500 5-1.500 7-.500V6.500C17 5.500 14 5.500 12 7zm0 0v10.500" fill="none" stroke="#fff" stroke-width="1.500" stroke-linejoin="round"/></svg>',
)}`;
