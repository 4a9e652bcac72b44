/** Where runs come from, and how that goes. */
export function SourcesPage() {
  return null;
}
