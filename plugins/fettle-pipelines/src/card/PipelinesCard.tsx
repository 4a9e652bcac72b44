/** The default branch's state and the last runs of an entity, for its overview. */
export function PipelinesCard() {
  return <></>;
}
