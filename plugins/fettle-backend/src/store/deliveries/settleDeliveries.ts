import type { Knex } from 'knex';
import { storableJson } from '../storable';
import type { Resolver } from '../runs/resolveRepositories';
import type { Told } from '../runs/RunStore';
import { updateRows, type Table } from '../writeRows';

interface SettledRow {
  seq: number;
  state: string;
  reason: string | null;
  repository_id: string | null;
  remote: string | null;
  processed_at: string | null;
  due_at: string | null;
}

const SETTLED: Table<SettledRow> = {
  name: 'deliveries',
  key: ['seq'],
  columns: {
    seq: 'bigint',
    state: 'text',
    reason: 'text',
    repository_id: 'text',
    remote: 'text',
    processed_at: 'text',
    due_at: 'text',
  },
};

/**
 * Writes what became of deliveries.
 *
 * @returns the repositories that they named beside those of their reports
 */
export async function settleDeliveries(
  trx: Knex,
  told: readonly Told[],
  resolver: Resolver,
  now: Date,
): Promise<string[]> {
  const named = new Set<string>();
  const rows: SettledRow[] = [];
  for (const { sourceId, delivery, runs, deployments } of told) {
    if (!delivery) continue;
    const { outcome } = delivery;
    const about = [...runs, ...deployments].map(({ repository }) => ({
      remote: repository.remote,
      id: resolver.find(sourceId, repository)?.id,
    }));
    for (const remote of delivery.remotes) {
      const id = resolver.byRemote(remote)?.id;
      about.push({ remote, id });
      if (id) named.add(id);
    }
    const repositoryId = about.find(({ id }) => id)?.id ?? null;
    const remote = repositoryId ? undefined : about[0]?.remote;
    const settled = outcome ?? (remote ? foreign(remote) : undefined);
    rows.push({
      seq: Number(delivery.seq),
      state: settled?.state ?? 'processed',
      reason: settled ? storableJson(settled.reason) : null,
      repository_id: repositoryId,
      remote: remote ?? null,
      processed_at: now.toISOString(),
      due_at: outcome?.dueAt?.toISOString() ?? null,
    });
  }
  await updateRows(trx, SETTLED, rows);
  return [...named];
}

function foreign(remote: string) {
  return {
    state: 'ignored' as const,
    reason: {
      code: 'unknown-repository',
      message: `It is about ${remote}, which is no repository of this portal.`,
      action:
        'Register it in the catalog or name it in the config of its source: the delivery is then processed by itself.',
    },
  };
}
