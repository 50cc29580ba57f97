/** Whether an address leads to this machine by its very words: nobody can listen in on the way there. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
