/** The script of a worker, as the build makes a text of it. */
declare module '*?worker' {
  export const script: string;
}
