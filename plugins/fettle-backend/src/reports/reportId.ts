/** As whom a tool is known that sends reports. No scanner has such an id: theirs have no blanks. */
export function reportId(tool: string, format: string): string {
  return `${tool} (${format})`;
}

export function isReport(observer: string): boolean {
  return observer.includes(' (');
}
