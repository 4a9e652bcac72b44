import { randomUUID } from 'node:crypto';
import type { CampaignRequest } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { storable, storableJson } from '../storable';
import { upsertRows, type Table } from '../writeRows';

/** A campaign to be planned. */
export type NewCampaign = CampaignRequest & {
  playbookTitle: string;
  createdBy: string;
};

interface NewItem {
  campaign_id: string;
  repository_id: string;
  position: number;
  requested_by: string;
  libraries: string;
}

const ITEMS: Table<NewItem> = {
  name: 'campaign_items',
  columns: {
    ...{ campaign_id: 'text', repository_id: 'text', position: 'integer' },
    ...{ requested_by: 'text', libraries: 'text' },
  },
  key: ['campaign_id', 'repository_id'],
};

/** Gives its id. */
export async function insertCampaign(
  trx: Knex.Transaction,
  request: NewCampaign,
  repositoryIds: readonly string[],
  now: Date,
): Promise<string> {
  const id = randomUUID();
  const at = now.toISOString();
  await trx('campaigns').insert({
    ...{ id, title: storable(request.title), state: 'planning' },
    playbook_id: request.playbookId,
    playbook_title: storable(request.playbookTitle),
    scope: storableJson(request.scope),
    waves: JSON.stringify(request.waves),
    ...{ ordering: request.order, most_failures: request.mostFailures },
    ...{ accepted: '{}', created_by: request.createdBy },
    ...{ created_at: at, due_at: at, revision: 0 },
  });
  await upsertRows(
    trx,
    ITEMS,
    repositoryIds.map((repositoryId, position) => ({
      ...{ campaign_id: id, repository_id: repositoryId, position },
      ...{ requested_by: request.createdBy, libraries: '[]' },
    })),
  );
  return id;
}
