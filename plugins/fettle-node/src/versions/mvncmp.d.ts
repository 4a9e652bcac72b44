declare module 'mvncmp' {
  /** Below zero where the first comes first. */
  export function compare(a: string, b: string): number;
}
