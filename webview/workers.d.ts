/** Source text of a bundled worker script. */
declare module '*?worker' {
  export const script: string;
}
