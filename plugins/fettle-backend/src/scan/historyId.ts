const SUFFIX = ' in the history';

/** As whom a scanner is known for what it sees in the history. No scanner has such an id: theirs have no blanks. */
export function historyId(scannerId: string): string {
  return `${scannerId}${SUFFIX}`;
}
