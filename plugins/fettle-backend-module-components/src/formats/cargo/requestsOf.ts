import { entriesOf, textOf } from '../../Format';
import type { Scope } from '../../Graph';

export interface CargoRequest {
  scope: Scope;
  requirement?: string;
  /** What it asks for stands in the manifest of its workspace. */
  inherited: boolean;
}

/** What a Cargo.toml asks for, by the names of the crates; what lies in the repository itself is left out. */
export function requestsOf(cargo: any): Map<string, CargoRequest> {
  const found = new Map<string, CargoRequest>();
  // What holds for some platforms only is delivered as well.
  const targets = entriesOf(cargo.target).map(([, target]) => target);
  for (const [field, scope] of [
    ['dependencies', 'runtime'],
    ['build-dependencies', 'development'],
    ['dev-dependencies', 'development'],
  ] as const) {
    for (const table of [cargo, ...targets]) {
      for (const [asked, value] of entriesOf(table?.[field])) {
        const inherited = value?.workspace === true;
        const shared = cargo.workspace?.dependencies?.[asked];
        const given = inherited ? shared ?? value : value;
        if (given?.path !== undefined) continue;
        const name = textOf(given?.package) ?? asked;
        if (found.has(name)) continue;
        const optional = scope === 'runtime' && value?.optional === true;
        found.set(name, {
          scope: optional ? 'optional' : scope,
          requirement: textOf(given) ?? textOf(given?.version),
          inherited: inherited && shared === undefined,
        });
      }
    }
  }
  return found;
}
