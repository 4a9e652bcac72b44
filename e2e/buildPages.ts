/** Before all tests: the pages that the portals serve, if they changed. */
export default async function buildPages(): Promise<void> {
  // The scripts are ES modules, which the test runner can only load like this.
  const { buildApp } = await import('../scripts/buildApp.mjs');
  buildApp();
}
