/** As whom a tool is known that sends reports. No scanner has such an id: theirs have no blanks. */
export function reportId(tool: string, format: string): string {
  return `${tool} (${format})`;
}

/** The form of what hosts say by themselves. */
export const ALERTS = 'alerts';

/** Whether it is a tool of a host, of which it is known what it looks for. */
export function isAlerts(observer: string): boolean {
  return observer.endsWith(` (${ALERTS})`);
}

export function isReport(observer: string): boolean {
  return observer.includes(' (');
}
