/** The runs of the entity whose page this is. */
export function EntityPipelines() {
  return <></>;
}
