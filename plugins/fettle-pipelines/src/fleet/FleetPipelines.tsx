/** The pipelines of the whole fleet. */
export function FleetPipelines() {
  return null;
}
