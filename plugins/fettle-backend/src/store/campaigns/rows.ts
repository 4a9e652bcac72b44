import type { CampaignState } from 'backstage-plugin-fettle-common';
import type { StoredCampaign } from './StoredCampaign';

export interface CampaignRow {
  id: string;
  title: string;
  playbook_id: string;
  playbook_title: string;
  scope: string;
  waves: string;
  ordering: string;
  most_failures: number;
  state: string;
  reason: string | null;
  hash: string | null;
  wave: number;
  wave_count: number;
  accepted: string;
  created_by: string;
  created_at: string;
  started_by: string | null;
  started_at: string | null;
  ended_at: string | null;
  ended_by: string | null;
  due_at: string | null;
  lease_until: string | null;
  fence: number;
  nudges: number;
  revision: number | string;
}

export function toCampaign(row: CampaignRow): StoredCampaign {
  return {
    ...{ id: row.id, title: row.title, playbookId: row.playbook_id },
    playbookTitle: row.playbook_title,
    scope: JSON.parse(row.scope),
    waves: JSON.parse(row.waves),
    order: row.ordering as StoredCampaign['order'],
    mostFailures: row.most_failures,
    state: row.state as CampaignState,
    reason: row.reason === null ? null : JSON.parse(row.reason),
    ...{ hash: row.hash, wave: row.wave, waveCount: row.wave_count },
    accepted: JSON.parse(row.accepted),
    ...{ createdBy: row.created_by, createdAt: row.created_at },
    ...{ startedBy: row.started_by, startedAt: row.started_at },
    ...{ endedAt: row.ended_at, endedBy: row.ended_by },
    ...{ fence: row.fence, nudges: row.nudges },
    revision: Number(row.revision),
  };
}

/**
 * Where an item stands. Nothing of it is kept twice: what its plan and its
 * remediation say is what is true, whoever brought them there.
 */
export const ITEM_STATE = `(case
  when p.superseded_by is not null and (m.id is null or m.state = 'cancelled')
    and c.state != 'cancelled' then 'waiting'
  when m.state in ('healed', 'recovered') then 'healed'
  when m.state in ('failed', 'unverified', 'reverted', 'escalated') then 'failed'
  when m.state = 'cancelled' then 'cancelled'
  when m.state = 'blocked' then 'blocked'
  when m.state = 'open' then 'open'
  when m.state is not null then 'running'
  when i.outcome is not null then i.outcome
  when p.state = 'empty' then 'nothing'
  when p.state = 'impossible' then 'impossible'
  when c.state = 'cancelled' or p.state = 'rejected' then 'cancelled'
  when p.id is null then 'planning'
  else 'waiting' end)`;
