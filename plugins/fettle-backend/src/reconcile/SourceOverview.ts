import type { Reason, SourceStatus } from 'backstage-plugin-fettle-common';
import type {
  CallBudgets,
  DeliverySource,
  PipelineSource,
} from 'backstage-plugin-fettle-node';
import { INTAKE_PATH } from '../intake/createIntakeRouter';
import type {
  DeliveryCounts,
  DeliveryStore,
} from '../store/deliveries/DeliveryStore';
import type { SyncStatus, SyncStore } from './SyncStore';

/** Puts together how each source of deliveries and runs stands. */
export class SourceOverview {
  constructor(
    private readonly options: {
      deliverySources: ReadonlyMap<string, DeliverySource>;
      pipelineSources: ReadonlyMap<string, PipelineSource>;
      deliveries: Pick<DeliveryStore, 'counts'>;
      syncs: Pick<SyncStore, 'status'>;
      budgets: CallBudgets;
      everySeconds: number;
      clock: () => Date;
    },
  ) {}

  async read(): Promise<SourceStatus[]> {
    const { deliverySources, pipelineSources, deliveries, syncs } =
      this.options;
    const now = this.options.clock();
    const overdue = new Date(
      now.getTime() - 2 * this.options.everySeconds * 1000,
    );
    const [counts, statuses] = await Promise.all([
      deliveries.counts(),
      syncs.status(overdue),
    ]);
    const ids = new Set([...deliverySources.keys(), ...pipelineSources.keys()]);
    return [...ids].sort().map(id =>
      this.#describe(id, {
        now,
        counts: counts.find(({ sourceId }) => sourceId === id),
        status: statuses.find(({ sourceId }) => sourceId === id),
      }),
    );
  }

  #describe(
    id: string,
    known: { now: Date; counts?: DeliveryCounts; status?: SyncStatus },
  ): SourceStatus {
    const { deliverySources, pipelineSources, budgets } = this.options;
    const { now, counts, status } = known;
    const delivery = deliverySources.get(id);
    const since = (time: string) => now.getTime() - Date.parse(time);
    // Asking for a budget makes it known, so that a host never asked is shown as such.
    const hosts = new Set(status?.hosts);
    hosts.forEach(host => budgets.forHost(host));
    return {
      id,
      title: delivery?.title ?? pipelineSources.get(id)!.title,
      deliveriesPath: delivery ? `${INTAKE_PATH}/${id}` : null,
      deliveriesProblem: problemOf(delivery),
      deliveries: counts?.states ?? {
        received: 0,
        processed: 0,
        ignored: 0,
        failed: 0,
      },
      lastDeliveryAt: counts?.lastReceivedAt ?? null,
      backlogMs: counts?.oldestWaitingAt ? since(counts.oldestWaitingAt) : null,
      reconcile: status
        ? {
            repositories: status.repositories,
            overdue: status.overdue,
            failing: status.failing,
            lastSuccessAt: status.lastSuccessAt,
            lagMs: status.oldestSyncedAt ? since(status.oldestSyncedAt) : null,
            errors: status.errors,
          }
        : null,
      hosts: budgets.status().filter(({ host }) => hosts.has(host)),
    };
  }
}

function problemOf(source: DeliverySource | undefined): Reason | null {
  if (!source?.problem) return null;
  const { message, action } = source.problem;
  return { code: 'not-configured', message, action };
}
