import type { ProposedChange } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';

/** How long a dead process keeps what was due; longer than one repository takes. */
const LEASE_MS = 10 * 60 * 1000;

/** A schedule that is due, and that this process has until the given time. */
interface DueSchedule {
  playbookId: string;
  /** ISO 8601, as is `leaseUntil`, which also tells it from who had it before. */
  dueAt: string;
  leaseUntil: string;
}

/** When playbooks that follow a schedule are due, and what they started. */
export class DatabaseScheduleStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Takes a schedule that is due, which stays so until it is ended. One that is
   * new, or was changed, begins to count now.
   */
  async claim(
    { playbookId, digest }: { playbookId: string; digest: string },
    nextAfter: (after: Date) => Date | null,
    now: Date,
  ): Promise<DueSchedule | undefined> {
    const at = now.toISOString();
    const due_at = nextAfter(now)?.toISOString() ?? null;
    const inserted = await this.knex('playbook_schedules')
      .insert({ playbook_id: playbookId, digest, due_at })
      .onConflict('playbook_id')
      .ignore()
      .returning('playbook_id');
    if (inserted.length > 0) return undefined;
    await this.knex('playbook_schedules')
      .where({ playbook_id: playbookId })
      .whereNot({ digest })
      .update({ digest, due_at, lease_until: null });
    const [claimed] = await this.knex('playbook_schedules')
      .where({ playbook_id: playbookId })
      .where('due_at', '<=', at)
      .where(free =>
        free.whereNull('lease_until').orWhere('lease_until', '<=', at),
      )
      .update({ lease_until: leaseFrom(now) })
      .returning(['due_at', 'lease_until']);
    return (
      claimed && {
        playbookId,
        ...{ dueAt: claimed.due_at, leaseUntil: claimed.lease_until },
      }
    );
  }

  /** Keeps it for longer; undefined where another has taken it, or it was changed. */
  async extend(due: DueSchedule, now: Date): Promise<DueSchedule | undefined> {
    const leaseUntil = leaseFrom(now);
    const rows = await this.#mine(due).update({ lease_until: leaseUntil });
    return rows === 1 ? { ...due, leaseUntil } : undefined;
  }

  /** All of it was started, and it is due again then; or it is given free as it is. */
  async end(due: DueSchedule, next: Date | null | 'still-due'): Promise<void> {
    await this.#mine(due).update({
      lease_until: null,
      ...(next !== 'still-due' && { due_at: next?.toISOString() ?? null }),
    });
  }

  /**
   * What a playbook has in a repository that it is not to be started beside:
   * whether a remediation is under way or was begun since that time, and the
   * changes that others left open when they ended.
   */
  async startedIn(of: {
    playbookId: string;
    repositoryId: string;
    since: string;
  }): Promise<{ begun: boolean; leftOpen: ProposedChange[] }> {
    const own = () =>
      this.knex('remediations').where({
        ...{ playbook_id: of.playbookId, repository_id: of.repositoryId },
      });
    const begun = await own()
      .where(one =>
        one.whereNull('ended_at').orWhere('created_at', '>=', of.since),
      )
      .first('id');
    const rows: { change: string }[] = await own()
      .whereNotNull('ended_at')
      .where('change', 'like', '%"state":"open"%')
      .orderBy('created_at', 'desc')
      .select('change');
    return {
      begun: begun !== undefined,
      leftOpen: rows.map(({ change }) => JSON.parse(change)),
    };
  }

  #mine({ playbookId, leaseUntil }: DueSchedule) {
    return this.knex('playbook_schedules').where({
      ...{ playbook_id: playbookId, lease_until: leaseUntil },
    });
  }
}

function leaseFrom(now: Date): string {
  return new Date(now.getTime() + LEASE_MS).toISOString();
}
