import type { Reason } from 'backstage-plugin-fettle-common';
import type { Transition } from '../../store/remediation/saveTransition';
import type { StoredRemediation } from '../../store/remediation/StoredRemediation';
import type { Admission } from '../limits/decideAdmission';
import type { RemediatorServices } from '../RemediatorServices';
import { after } from './StateContext';

const UNREAD_SECONDS = 15;

/** It waits as it is until its playbook can be told from one that is gone. */
export function waitUnread(
  { waitsFor }: StoredRemediation,
  reason: Reason,
  now: Date,
): Transition {
  return { reason, waitsFor, dueAt: after(now, UNREAD_SECONDS) };
}

/** Asks whether it is let through, and writes the answer where it is decided. */
export async function admit(
  remediation: StoredRemediation,
  { store, playbooks }: RemediatorServices,
  now: Date,
  goesOn: boolean,
) {
  const playbook = playbooks.get(remediation.playbookId);
  const unread = playbooks.unread(remediation.playbookId);
  if (unread) {
    const waiting = waitUnread(remediation, unread, now);
    return store.save(
      remediation,
      { ...waiting, state: 'blocked' },
      { now, keep: false },
    );
  }
  if (!playbook) {
    const reason = {
      code: 'no-playbook',
      message: `'${remediation.playbookTitle}' is not enabled any more.`,
      action: 'Enable it again, and plan anew.',
    };
    return store.save(
      remediation,
      {
        ...{ state: 'cancelled', reason },
        events: [{ event: 'cancelled', message: reason.message }],
      },
      { now, keep: false },
    );
  }
  const { id, title, limits } = playbook.view;
  return store.saveAdmission(
    remediation,
    {
      ...remediation,
      playbook: { id, title, limits },
      repository: remediation.title,
    },
    admission => toTransition(remediation, admission),
    { now, keep: goesOn },
  );
}

function toTransition(
  { reason }: StoredRemediation,
  admission: Admission,
): Transition {
  switch (admission.kind) {
    case 'let-through':
      return {
        ...{ state: 'applying', stage: 'check' },
        events: [{ event: 'let-through', message: 'Nothing holds it back.' }],
      };
    case 'hold':
      return {
        ...{ state: 'blocked', reason: admission.reason },
        dueAt: admission.until,
        events:
          reason?.code === admission.reason.code
            ? []
            : [{ event: 'blocked', message: admission.reason.message }],
      };
    default:
      return {
        ...{ state: admission.as, reason: admission.reason },
        events: [{ event: admission.as, message: admission.reason.message }],
      };
  }
}
