/**
 * A plan or a remediation that a page can show.
 *
 * @public
 */
export interface AutomationTarget {
  kind: 'plan' | 'remediation';
  id: string;
}

/**
 * Where the page of a target is, below the Automation page.
 *
 * @public
 */
export function automationPath({ kind, id }: AutomationTarget): string {
  return `${kind}s/${encodeURIComponent(id)}`;
}
