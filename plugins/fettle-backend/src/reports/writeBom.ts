import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { Component, ComponentScope } from 'backstage-plugin-fettle-common';
import { PackageURL } from 'packageurl-js';
import { licenceModel } from './licenceModel';

/** What only builds and tests need is `excluded`, as CycloneDX has it. */
const SCOPES: Readonly<Record<ComponentScope, Enums.ComponentScope>> = {
  runtime: Enums.ComponentScope.Required,
  unknown: Enums.ComponentScope.Required,
  optional: Enums.ComponentScope.Optional,
  development: Enums.ComponentScope.Excluded,
};

/** The components of a repository as CycloneDX 1.6 in JSON, each once. */
export function writeBom(
  components: readonly Component[],
  of: { name: string; commit: string | null; now: Date },
): string {
  const bom = new Models.Bom();
  bom.metadata.timestamp = of.now;
  bom.metadata.component = new Models.Component(
    Enums.ComponentType.Application,
    of.name,
    { ...(of.commit ? { version: of.commit } : {}), bomRef: 'repository' },
  );
  bom.metadata.tools.components.add(
    new Models.Component(Enums.ComponentType.Application, 'fettle'),
  );
  const seen = new Set<string>();
  for (const component of components) {
    const purl = purlOf(component);
    if (purl === undefined || seen.has(purl)) continue;
    seen.add(purl);
    const model = new Models.Component(
      Enums.ComponentType.Library,
      component.name,
      {
        bomRef: purl,
        purl,
        ...(component.version === null ? {} : { version: component.version }),
        scope: SCOPES[component.scope],
      },
    );
    if (component.licence) {
      model.licenses.add(licenceModel(component.licence));
    }
    bom.components.add(model);
  }
  return new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
  ).serialize(bom, { sortLists: true, space: 2 });
}

/** With the version; undefined for an address that nobody could read. */
function purlOf({ purl, version }: Component): string | undefined {
  try {
    const url = PackageURL.fromString(purl);
    url.version = url.version ?? version ?? undefined;
    return url.toString();
  } catch {
    // Its name is in the list of components; a bill needs an address.
    return undefined;
  }
}
