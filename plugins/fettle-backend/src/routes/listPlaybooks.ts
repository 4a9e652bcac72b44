import {
  playbookReadPermission,
  playbooksSchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const listPlaybooks = defineRoute({
  id: 'listPlaybooks',
  method: 'get',
  path: '/playbooks',
  summary: 'Every playbook, how its problems ended, and files that are wrong',
  response: playbooksSchema,
  async handle({ credentials }, services) {
    const { access, playbooks, playbookNumbers, store } = services;
    const [visibility] = await Promise.all([
      access.visibility(credentials),
      access.require(playbookReadPermission, credentials),
    ]);
    // First: what is committed meanwhile comes next time.
    const revision = await store.getRevision();
    const all = playbooks.all();
    const numbers = await playbookNumbers.numbers(
      all.map(({ view }) => view.id),
      visibility,
    );
    return {
      items: all.map(({ view }) => ({
        playbook: view,
        ...(numbers.get(view.id) ?? NO_NUMBERS),
      })),
      problems: [...playbooks.problems()],
      revision,
    };
  },
});

/** Of a playbook that met no problem yet. */
const NO_NUMBERS = {
  outcomes: {
    ...{ healed: 0, failed: 0, unverified: 0, reverted: 0, escalated: 0 },
    ...{ recovered: 0, cancelled: 0, running: 0, waiting: 0, blocked: 0 },
  },
  success: {
    ...{ problems: 0, healed: 0, rate: null, low: null, high: null },
    ...{ coverage: null, falseHeals: 0 },
  },
  breakers: [],
};
