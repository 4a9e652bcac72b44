import type {
  ControlCounts,
  ControlStatus,
  FrameworkStanding,
} from 'backstage-plugin-fettle-common';
import type { Visibility } from '../store/FettleStore';
import type {
  ComplianceStore,
  OwnerCounts,
  Standing,
} from '../store/compliance/ComplianceStore';
import type { Owned } from '../store/pipelines/loadOwners';
import { controlStatus, type Installed } from './controlStatus';
import type { FrameworkWithControls } from './FrameworkWithControls';

/** Counting the whole fleet takes a moment; readers share what is this young. */
const FRESH_MS = 5_000;

const KEYS: Readonly<Record<ControlStatus, keyof ControlCounts>> = {
  ...{ met: 'met', 'not-met': 'notMet', unknown: 'unknown' },
  ...{ 'not-applicable': 'notApplicable', 'not-seen': 'notSeen' },
};

interface Standings {
  at: Date;
  revision: number;
  byRepository: Map<string, Standing>;
}

/** How repositories stand against frameworks, from the verdicts and results that are stored. */
export class ComplianceReader {
  readonly frameworks: ReadonlyMap<string, FrameworkWithControls>;
  #standings?: Promise<Standings>;
  #takenAt = 0;

  constructor(
    private readonly options: {
      frameworks: readonly FrameworkWithControls[];
      installed: Installed;
      store: ComplianceStore;
      clock: () => Date;
    },
  ) {
    this.frameworks = new Map(options.frameworks.map(one => [one.id, one]));
  }

  /** Each framework over all repositories that the reader may see. */
  async overview(visibility: Visibility) {
    const { at, revision, byRepository } = await this.#read();
    const owned = await this.options.store.owners(visibility);
    const items = [...this.frameworks.values()].map(framework => ({
      framework: describe(framework),
      counts: this.#count(framework, byRepository, owned.keys()),
    }));
    return { items, at: at.toISOString(), revision };
  }

  /** One framework by control and by owner. */
  async standing(
    framework: FrameworkWithControls,
    owner: string | undefined,
    visibility: Visibility,
  ): Promise<Omit<FrameworkStanding, 'days' | 'can'>> {
    const { at, revision, byRepository } = await this.#read();
    const owned = await this.options.store.owners(visibility);
    const chosen = ownedBy(owned, owner);
    return {
      framework: describe(framework),
      counts: this.#count(framework, byRepository, chosen.keys()),
      controls: framework.controls.map(control => ({
        control,
        counts: this.#count(
          { ...framework, controls: [control] },
          ...([byRepository, chosen.keys()] as const),
        ),
      })),
      owners: groupByOwner(owned).map(([name, ids]) => ({
        owner: name,
        repositories: ids.length,
        counts: this.#count(framework, byRepository, ids),
      })),
      ...{ at: at.toISOString(), revision },
    };
  }

  /** Repositories that do not meet a control, or of which it is not known. */
  async failing(
    framework: FrameworkWithControls,
    controlId: string,
    owner: string | undefined,
    visibility: Visibility,
  ) {
    const control = framework.controls.find(({ id }) => id === controlId);
    if (!control) return undefined;
    const { revision, byRepository } = await this.#read();
    const owned = await this.options.store.owners(visibility);
    const items = [...ownedBy(owned, owner)].flatMap(([id, of]) => {
      const standing = byRepository.get(id);
      if (!standing) return [];
      const status = controlStatus(control, standing, this.options.installed);
      if (status !== 'not-met' && status !== 'unknown') return [];
      const { name, entityRef, owner: ownedOf } = of;
      return [
        {
          ...{ repositoryId: id, repository: name, entityRef },
          ...{ owner: ownedOf, status },
        },
      ];
    });
    items.sort(
      (a, b) =>
        a.status.localeCompare(b.status) ||
        a.repository.localeCompare(b.repository),
    );
    return { items, revision };
  }

  /** Each control, by what it stands on. */
  judge({ controls }: FrameworkWithControls, standing: Standing) {
    const { installed } = this.options;
    return controls.map(control => ({
      id: control.id,
      status: controlStatus(control, standing, installed),
    }));
  }

  /** All frameworks by owner, as days keep them. */
  async byOwner(): Promise<OwnerCounts[]> {
    const { byRepository } = await this.#read();
    const owners = groupByOwner(await this.options.store.owners('everything'));
    return [...this.frameworks.values()].flatMap(framework =>
      owners.map(([owner, ids]) => ({
        ...{ frameworkId: framework.id, owner },
        counts: this.#count(framework, byRepository, ids),
      })),
    );
  }

  #count(
    { controls }: FrameworkWithControls,
    byRepository: ReadonlyMap<string, Standing>,
    ids: Iterable<string>,
  ): ControlCounts {
    const counts: ControlCounts = {
      ...{ met: 0, notMet: 0, unknown: 0, notApplicable: 0, notSeen: 0 },
    };
    for (const id of ids) {
      const standing = byRepository.get(id);
      if (!standing) continue;
      for (const control of controls) {
        const status: ControlStatus = controlStatus(
          ...([control, standing, this.options.installed] as const),
        );
        counts[KEYS[status]] += 1;
      }
    }
    return counts;
  }

  #read(): Promise<Standings> {
    const now = this.options.clock().getTime();
    if (!this.#standings || Math.abs(now - this.#takenAt) > FRESH_MS) {
      this.#takenAt = now;
      const reading = this.#load();
      this.#standings = reading;
      // A failure is not kept.
      reading.catch(() => {
        if (this.#standings === reading) this.#standings = undefined;
      });
    }
    return this.#standings;
  }

  async #load(): Promise<Standings> {
    const { store, clock } = this.options;
    const at = clock();
    const rests = [...this.frameworks.values()]
      .flatMap(({ controls }) => controls)
      .flatMap(control => control.rests);
    // Before what it stands for: what comes in between is asked for again.
    const revision = await store.revision();
    const byRepository = await store.standings({
      checks: unique(
        rests.flatMap(rest => ('check' in rest ? rest.check : [])),
      ),
      policies: unique(
        rests.flatMap(rest => ('policy' in rest ? rest.policy : [])),
      ),
    });
    return { at, revision, byRepository };
  }
}

function describe(framework: FrameworkWithControls) {
  const { controls: _, ...described } = framework;
  return described;
}

function ownedBy(
  owned: ReadonlyMap<string, Owned>,
  owner: string | undefined,
): Map<string, Owned> {
  return new Map(
    [...owned].filter(([, of]) => owner === undefined || of.owner === owner),
  );
}

function groupByOwner(
  owned: ReadonlyMap<string, Owned>,
): [string | null, string[]][] {
  const groups = new Map<string | null, string[]>();
  for (const [id, { owner }] of owned) {
    const ids = groups.get(owner);
    if (ids) ids.push(id);
    else groups.set(owner, [id]);
  }
  // What nobody owns comes last.
  return [...groups].sort(
    ([a], [b]) =>
      Number(a === null) - Number(b === null) ||
      (a ?? '').localeCompare(b ?? ''),
  );
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
