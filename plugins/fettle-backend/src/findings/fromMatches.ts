import type { ComponentMatch } from 'backstage-plugin-fettle-node';
import { safeReferences } from './fromReport';
import type { SightedComponent, Sighting } from './Sighting';

/** A component of a repository with what is known against it. */
export interface MatchedComponent {
  ecosystem: string;
  name: string;
  version: string | null;
  path: string;
  line: number | null;
  direct: boolean | null;
  scope: SightedComponent['scope'];
  chain: string[];
  matches: readonly ComponentMatch[];
}

const MOST_TEXT = 2_000;
const SCOPES = ['runtime', 'unknown', 'optional', 'development'] as const;

/**
 * One sighting for each problem of a package in a file, whichever of its
 * versions there are concerned. Names that came and go do not split it: matches
 * of one package that share any name are one problem.
 */
export function fromMatches(
  components: readonly MatchedComponent[],
): Sighting[] {
  const sightings = new Map<string, Sighting>();
  const inFiles = new Set(
    components.flatMap(one => (one.path === '' ? [] : versionOf(one))),
  );
  for (const component of components) {
    // A bill of materials that tells of what a file names says nothing new.
    if (component.path === '' && inFiles.has(versionOf(component))) continue;
    for (const match of component.matches) {
      const names = [...new Set([match.rule, ...match.aliases])];
      const keys = names.map(
        name => `${component.ecosystem}:${component.name}:${name}`,
      );
      const places = keys.map(
        key => `${match.kind}\0${component.path}\0${key}`,
      );
      const found = places.flatMap(place => sightings.get(place) ?? [])[0];
      const sighting = found
        ? widen(found, component, match, keys)
        : toSighting(component, match, keys);
      for (const place of places) sightings.set(place, sighting);
    }
  }
  return [...new Set(sightings.values())];
}

function versionOf({ ecosystem, name, version }: MatchedComponent): string {
  return `${ecosystem}\0${name}\0${version ?? ''}`;
}

function toSighting(
  component: MatchedComponent,
  match: ComponentMatch,
  keys: string[],
): Sighting {
  const { ecosystem, name, version, path, line } = component;
  const { direct, scope, chain } = component;
  return {
    kind: match.kind,
    rule: match.rule,
    aliases: match.aliases.filter(alias => alias !== match.rule),
    title: match.title.slice(0, 300),
    severity: match.severity,
    cvss: match.cvss ?? null,
    epss: match.epss ?? null,
    exploited: match.exploited ?? false,
    certain: match.certain,
    ...{ path, line, keys },
    component: {
      ...{ ecosystem, name, direct, scope, chain },
      versions: version === null ? [] : [version],
    },
    fixedIn: [...match.fixedIn],
    message: `${name} ${version ?? '(version not known)'}`,
    description: match.description?.slice(0, MOST_TEXT) ?? null,
    fix: match.fix ?? null,
    references: safeReferences(match.references),
  };
}

/** Another version of the package in the same file has the same problem. */
function widen(
  sighting: Sighting,
  component: MatchedComponent,
  match: ComponentMatch,
  keys: string[],
): Sighting {
  const of = sighting.component!;
  const { version } = component;
  if (version !== null && !of.versions.includes(version)) {
    of.versions.push(version);
    sighting.message = `${of.name} ${of.versions.join(', ')}`;
  }
  if (component.direct && !of.direct) {
    of.direct = true;
    of.chain = [];
  }
  // What is delivered counts, wherever else it is used.
  if (SCOPES.indexOf(component.scope) < SCOPES.indexOf(of.scope)) {
    of.scope = component.scope;
  }
  sighting.certain ||= match.certain;
  sighting.keys = [...new Set([...sighting.keys, ...keys])];
  sighting.fixedIn = [...new Set([...sighting.fixedIn, ...match.fixedIn])];
  return sighting;
}
