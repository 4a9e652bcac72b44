import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Reading repositories, verdicts and history. On top of it, a repository that
 * backs catalog entities is shown to those who may read one of them.
 *
 * @public
 */
export const repositoryReadPermission = createPermission({
  name: 'fettle.repository.read',
  attributes: { action: 'read' },
});

/**
 * Asking for a new reading of a repository, by hand or by a push hook.
 *
 * @public
 */
export const repositoryRefreshPermission = createPermission({
  name: 'fettle.repository.refresh',
  attributes: { action: 'update' },
});

/**
 * Rerunning and cancelling runs, on top of reading their repository.
 *
 * @public
 */
export const runControlPermission = createPermission({
  name: 'fettle.run.control',
  attributes: { action: 'update' },
});

/**
 * Reading the tail of a job's log, on top of reading its repository.
 *
 * @public
 */
export const logReadPermission = createPermission({
  name: 'fettle.log.read',
  attributes: { action: 'read' },
});

/**
 * Seeing deliveries, budgets and errors of every source, whatever repositories
 * they are about.
 *
 * @public
 */
export const sourceReadPermission = createPermission({
  name: 'fettle.source.read',
  attributes: { action: 'read' },
});

/**
 * Having a delivery that failed processed again.
 *
 * @public
 */
export const deliveryRetryPermission = createPermission({
  name: 'fettle.delivery.retry',
  attributes: { action: 'update' },
});

/**
 * Reading findings, components and scans, on top of reading their repository.
 *
 * @public
 */
export const findingReadPermission = createPermission({
  name: 'fettle.finding.read',
  attributes: { action: 'read' },
});

/**
 * Accepting findings, calling them false positives, and taking that back.
 *
 * @public
 */
export const findingTriagePermission = createPermission({
  name: 'fettle.finding.triage',
  attributes: { action: 'update' },
});

/**
 * Seeing where secrets are. The secrets themselves are never stored or shown.
 *
 * @public
 */
export const secretPlaceReadPermission = createPermission({
  name: 'fettle.secret-place.read',
  attributes: { action: 'read' },
});

/**
 * Sending reports of other tools: results of analysis, bills of materials and
 * statements about vulnerabilities.
 *
 * @public
 */
export const reportUploadPermission = createPermission({
  name: 'fettle.report.upload',
  attributes: { action: 'create' },
});

/**
 * Reading policies and how repositories stand against them, on top of reading
 * the repositories.
 *
 * @public
 */
export const policyReadPermission = createPermission({
  name: 'fettle.policy.read',
  attributes: { action: 'read' },
});

/**
 * Trying a draft policy on today's repositories and on their history.
 *
 * @public
 */
export const policyReplayPermission = createPermission({
  name: 'fettle.policy.replay',
  attributes: { action: 'read' },
});

/**
 * Exporting the evidence of a framework for a period, on top of reading
 * policies: who accepted what is in it.
 *
 * @public
 */
export const evidenceExportPermission = createPermission({
  name: 'fettle.evidence.export',
  attributes: { action: 'read' },
});

/**
 * Reading playbooks, plans, remediations, campaigns and standards, on top of
 * reading the repositories.
 *
 * @public
 */
export const playbookReadPermission = createPermission({
  name: 'fettle.playbook.read',
  attributes: { action: 'read' },
});

/**
 * Having a playbook plan what it would change. Nothing is changed by that.
 *
 * @public
 */
export const planCreatePermission = createPermission({
  name: 'fettle.plan.create',
  attributes: { action: 'create' },
});

/**
 * Approving and rejecting plans of others.
 *
 * @public
 */
export const planApprovePermission = createPermission({
  name: 'fettle.plan.approve',
  attributes: { action: 'update' },
});

/**
 * Applying plans that have their approvals, confirming steps that wait for a
 * person, cancelling and trying again.
 *
 * @public
 */
export const planApplyPermission = createPermission({
  name: 'fettle.plan.apply',
  attributes: { action: 'update' },
});

/**
 * Stopping all automation at once and letting it go on; closing a circuit
 * breaker.
 *
 * @public
 */
export const automationStopPermission = createPermission({
  name: 'fettle.automation.stop',
  attributes: { action: 'update' },
});

/**
 * Making, starting, pausing and cancelling campaigns.
 *
 * @public
 */
export const campaignManagePermission = createPermission({
  name: 'fettle.campaign.manage',
  attributes: { action: 'update' },
});

/**
 * Opting a repository out of a standard until a day, and ending that.
 *
 * @public
 */
export const standardExemptPermission = createPermission({
  name: 'fettle.standard.exempt',
  attributes: { action: 'update' },
});

/**
 * Every permission of Fettle.
 *
 * @public
 */
export const fettlePermissions = [
  repositoryReadPermission,
  repositoryRefreshPermission,
  runControlPermission,
  logReadPermission,
  sourceReadPermission,
  deliveryRetryPermission,
  findingReadPermission,
  findingTriagePermission,
  secretPlaceReadPermission,
  reportUploadPermission,
  policyReadPermission,
  policyReplayPermission,
  evidenceExportPermission,
  playbookReadPermission,
  planCreatePermission,
  planApprovePermission,
  planApplyPermission,
  automationStopPermission,
  campaignManagePermission,
  standardExemptPermission,
];
