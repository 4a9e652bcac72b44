import { NotFoundError } from '@backstage/errors';
import {
  complianceSchema,
  componentPageSchema,
  controlRepositoriesSchema,
  findingDetailsSchema,
  findingPageSchema,
  fleetSecuritySchema,
  frameworkStandingSchema,
  packagePageSchema,
  packageUsesSchema,
  policiesSchema,
  policyReplayedSchema,
  reportAcceptedSchema,
  repositoryPoliciesSchema,
  repositorySecuritySchema,
  type AcceptFinding,
  type EvidenceQuery,
  type Exception,
  type Finding,
  type FindingQuery,
  type PolicyReplay,
} from 'backstage-plugin-fettle-common';
import type { FettleSecurityApi } from 'backstage-plugin-fettle-react';
import { component, finding, fleet, newest, security } from './fixtures';
import { framework, standing } from './complianceFixtures';
import { policies, policyResult, replayed } from './policyFixtures';

/** A backend in memory, whose answers are checked by the shared schemas; `asked` tells what was asked. */
export class FakeSecurityApi implements FettleSecurityApi {
  security = security();
  findings: Finding[] = [finding()];
  policies = policies();
  standing = standing();
  results = [policyResult()];
  failWith?: Error;
  /** What a draft is refused with. */
  wrongDraft?: Error;
  /** What accepting is refused with. */
  refuseWith?: Error;
  /** What a report is refused with. */
  refuseReport?: Error;
  /** Whether lists of packages, uses and components have a second page. */
  goesOn = false;
  asked: string[] = [];
  revision = 7;

  getSecurity() {
    return this.#answer('security', () =>
      repositorySecuritySchema.parse({
        ...this.security,
        revision: this.revision,
      }),
    );
  }

  getFleetSecurity(query = {}) {
    return this.#answer(`fleet ${JSON.stringify(query)}`, () =>
      fleetSecuritySchema.parse({ ...fleet(), revision: this.revision }),
    );
  }

  listFindings(id: string | undefined, query: Partial<FindingQuery> = {}) {
    const { limit: _, subpath: __, ...filters } = query;
    return this.#answer(`findings ${id} ${JSON.stringify(filters)}`, () => {
      const { state = ['open'], kind, severity, rule } = filters;
      const items = this.findings.filter(
        one =>
          state.includes(one.state) &&
          (!kind || kind.includes(one.kind)) &&
          (!severity || severity.includes(one.severity)) &&
          (!rule || [one.rule, ...one.aliases].includes(rule)),
      );
      return findingPageSchema.parse({
        ...{ items, nextCursor: null, total: items.length },
        repositories: {
          r1: { name: 'pay/ledger', entityRef: 'component:default/ledger' },
        },
        revision: this.revision,
      });
    });
  }

  async exportFindings(query: object) {
    return this.#file(`export ${JSON.stringify(query)}`);
  }

  getFinding(id: string) {
    return this.#answer(`finding ${id}`, () => {
      const found = this.findings.find(one => one.id === id);
      if (!found) throw new NotFoundError(`No finding ${id}`);
      return findingDetailsSchema.parse({
        finding: found,
        description: 'It lets anyone change what all objects have.',
        fix: 'Update lodash to 4.17.12.',
        evidence: [
          { message: 'osv: lodash 4.17.10', path: 'package-lock.json' },
        ],
        references: ['https://osv.dev/vulnerability/GHSA-1'],
        history: [
          {
            ...{ at: '2026-06-01T12:00:00.000Z', event: 'opened' },
            ...{ actor: null, reason: null, commit: null },
          },
        ],
        revision: this.revision,
      });
    });
  }

  async acceptFinding(id: string, given: AcceptFinding) {
    this.asked.push(`accept ${id} ${JSON.stringify(given)}`);
    if (this.refuseWith) throw this.refuseWith;
    const exception: Exception = {
      ...{ id: 'e1', as: given.as, scope: given.scope, covers: 'one place' },
      ...{ rule: 'CVE-2019-10744', reason: given.reason, endedAt: null },
      ...{ actor: 'user:default/ada', createdAt: '2026-06-02T12:00:00.000Z' },
      expiresAt: given.expiresAt ?? null,
    };
    return { exception };
  }

  async endException(id: string) {
    this.asked.push(`end ${id}`);
    return { ended: true as const, exceptionId: id };
  }

  async uploadReport(id: string, report: { commit: string; text: string }) {
    this.asked.push(`upload ${id} ${report.commit} ${report.text}`);
    if (this.refuseReport) throw this.refuseReport;
    return reportAcceptedSchema.parse({
      ...{ observer: 'Lens (sarif)', format: 'SARIF 2.1.0', findings: 3 },
      ...{ components: 0, changes: { opened: 2, known: 1, fixed: 1 } },
      falsePositives: 0,
      problems: [{ path: null, message: 'One was cut.', action: 'Mend it.' }],
    });
  }

  listComponents(_id: string, query: { cursor?: string } = {}) {
    return this.#answer(`components ${JSON.stringify(query)}`, () =>
      componentPageSchema.parse({
        items: [
          {
            ...component(),
            path: query.cursor ? 'web/package-lock.json' : 'package-lock.json',
            ...{ newest: newest(), behind: { step: 'patch', by: 11 } },
          },
        ],
        nextCursor: this.goesOn && !query.cursor ? 'next' : null,
        ...{ total: this.goesOn ? 2 : 1, revision: this.revision },
      }),
    );
  }

  listPackages(query: { cursor?: string } = {}) {
    return this.#answer(`packages ${JSON.stringify(query)}`, () =>
      packagePageSchema.parse({
        items: [
          {
            ...{ ecosystem: 'npm', repositories: 2 },
            name: query.cursor ? 'react' : 'lodash',
            versions: [
              {
                ...{ version: '4.17.10', repositories: 2 },
                behind: { step: 'patch', by: 11 },
              },
            ],
            ...{ versionCount: 4, findings: 3, newest: newest() },
          },
        ],
        nextCursor: this.goesOn && !query.cursor ? 'next' : null,
        ...{ ecosystems: ['Maven', 'npm'], owners: ['group:default/pay'] },
        revision: this.revision,
      }),
    );
  }

  async exportPackages(query: object) {
    return this.#file(`export packages ${JSON.stringify(query)}`);
  }

  getPackageUses(query: { cursor?: string; range?: string }) {
    return this.#answer(`uses ${JSON.stringify(query)}`, () =>
      packageUsesSchema.parse({
        items: [
          {
            ...component(),
            path: query.cursor ? 'api/yarn.lock' : 'web/yarn.lock',
            comparable: !query.range,
            ...{ newest: null, behind: null },
            ...{ repositoryId: 'r1', repository: 'pay/ledger', owners: [] },
          },
        ],
        nextCursor: this.goesOn && !query.cursor ? 'next' : null,
        ...{ total: this.goesOn ? 2 : 1, notComparable: query.range ? 1 : 0 },
        ...{ owners: ['group:default/pay'], revision: this.revision },
      }),
    );
  }

  async exportPackageUses(query: object) {
    return this.#file(`export uses ${JSON.stringify(query)}`);
  }

  getPolicies() {
    return this.#answer('policies', () =>
      policiesSchema.parse({ ...this.policies, revision: this.revision }),
    );
  }

  getRepositoryPolicies(id: string) {
    return this.#answer(`policies ${id}`, () =>
      repositoryPoliciesSchema.parse({
        items: this.results,
        history: [
          {
            ...{ policyId: 'no-secrets', at: '2026-06-01T12:00:00.000Z' },
            ...{ from: 'kept', to: 'violated', message: '', commit: 'abc1234' },
          },
        ],
        revision: this.revision,
      }),
    );
  }

  async replayPolicy(draft: PolicyReplay) {
    this.asked.push(`replay ${JSON.stringify(draft)}`);
    if (this.wrongDraft) throw this.wrongDraft;
    return policyReplayedSchema.parse(replayed());
  }

  getCompliance() {
    const { counts, at } = this.standing;
    return this.#answer('compliance', () =>
      complianceSchema.parse({
        items: [{ framework: framework(), counts }],
        ...{ at, revision: this.revision },
      }),
    );
  }

  getFramework(id: string, query: { owner?: string } = {}) {
    return this.#answer(`framework ${id} ${JSON.stringify(query)}`, () =>
      frameworkStandingSchema.parse({
        ...this.standing,
        revision: this.revision,
      }),
    );
  }

  listControlRepositories(id: string, query: { control: string }) {
    return this.#answer(`control ${id} ${query.control}`, () =>
      controlRepositoriesSchema.parse({
        items: [
          {
            ...{ repositoryId: 'r1', repository: 'pay/ledger', owner: null },
            ...{ entityRef: 'component:default/ledger', status: 'not-met' },
          },
        ],
        ...{ more: 3, revision: this.revision },
      }),
    );
  }

  async getEvidence(id: string, query: EvidenceQuery) {
    return this.#file(`evidence ${id} ${query.from} ${query.to}`);
  }

  async #file(question: string) {
    this.asked.push(question);
    if (this.failWith) throw this.failWith;
    return new Blob(['x']);
  }

  async #answer<T>(question: string, answer: () => T): Promise<T> {
    this.asked.push(question);
    if (this.failWith) throw this.failWith;
    return answer();
  }
}
