import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  complianceSchema,
  componentPageSchema,
  controlRepositoriesSchema,
  exceptionAcceptedSchema,
  exceptionEndedSchema,
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
  type ComponentQuery,
  type EvidenceQuery,
  type FindingExportQuery,
  type FindingQuery,
  type FrameworkQuery,
  type PackageExportQuery,
  type PackageQuery,
  type PackageUsesExportQuery,
  type PackageUsesQuery,
  type PolicyReplay,
} from 'backstage-plugin-fettle-common';
import type { FettleRequestOptions } from './FettleApi';
import type { FettleSecurityApi } from './FettleSecurityApi';
import { fetchFrom, send, type Request } from './send';

/**
 * {@link FettleSecurityApi} over HTTP.
 *
 * @public
 */
export class FettleSecurityClient implements FettleSecurityApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getSecurity(
    repositoryId: string,
    query: { subpath?: string } = {},
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      path: `${of(repositoryId)}/security`,
      query: { subpath: query.subpath || undefined },
      schema: repositorySecuritySchema,
      options,
    });
  }

  getFleetSecurity(
    query: { owner?: string; days?: number } = {},
    options?: FettleRequestOptions,
  ) {
    const path = '/security';
    return this.#send({ path, query, schema: fleetSecuritySchema, options });
  }

  listFindings(
    repositoryId: string | undefined,
    query: Partial<FindingQuery> = {},
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      path: repositoryId ? `${of(repositoryId)}/findings` : '/findings',
      query: { ...query, subpath: query.subpath || undefined },
      schema: findingPageSchema,
      options,
    });
  }

  exportFindings(
    query: Partial<FindingExportQuery>,
    options?: FettleRequestOptions,
  ) {
    return this.#download({
      path: '/findings/export',
      query: { ...query, subpath: query.subpath || undefined },
      options,
    });
  }

  getFinding(id: string, options?: FettleRequestOptions) {
    const path = `/findings/${encodeURIComponent(id)}`;
    return this.#send({ path, schema: findingDetailsSchema, options });
  }

  acceptFinding(
    id: string,
    given: AcceptFinding,
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      method: 'POST',
      path: `/findings/${encodeURIComponent(id)}/exceptions`,
      body: given,
      schema: exceptionAcceptedSchema,
      options,
    });
  }

  endException(id: string, options?: FettleRequestOptions) {
    return this.#send({
      method: 'POST',
      path: `/exceptions/${encodeURIComponent(id)}/end`,
      schema: exceptionEndedSchema,
      options,
    });
  }

  uploadReport(
    repositoryId: string,
    { commit, text }: { commit: string; text: string },
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      method: 'POST',
      path: `${of(repositoryId)}/reports`,
      ...{ query: { commit }, text, schema: reportAcceptedSchema, options },
    });
  }

  listComponents(
    repositoryId: string,
    query: Partial<ComponentQuery> = {},
    options?: FettleRequestOptions,
  ) {
    const { direct, behind, subpath, ...rest } = query;
    return this.#send({
      path: `${of(repositoryId)}/components`,
      query: {
        ...rest,
        subpath: subpath || undefined,
        direct: direct === undefined ? undefined : String(direct),
        behind: behind === undefined ? undefined : String(behind),
      },
      schema: componentPageSchema,
      options,
    });
  }

  listPackages(
    query: Partial<PackageQuery> = {},
    options?: FettleRequestOptions,
  ) {
    const path = '/packages';
    return this.#send({ path, query, schema: packagePageSchema, options });
  }

  exportPackages(
    query: Partial<PackageExportQuery>,
    options?: FettleRequestOptions,
  ) {
    return this.#download({ path: '/packages/export', query, options });
  }

  getPackageUses(
    query: Pick<PackageUsesQuery, 'ecosystem' | 'name'> &
      Partial<PackageUsesQuery>,
    options?: FettleRequestOptions,
  ) {
    const path = '/packages/uses';
    return this.#send({ path, query, schema: packageUsesSchema, options });
  }

  exportPackageUses(
    query: PackageUsesExportQuery,
    options?: FettleRequestOptions,
  ) {
    return this.#download({ path: '/packages/uses/export', query, options });
  }

  getPolicies(options?: FettleRequestOptions) {
    const path = '/policies';
    return this.#send({ path, schema: policiesSchema, options });
  }

  getRepositoryPolicies(repositoryId: string, options?: FettleRequestOptions) {
    const path = `${of(repositoryId)}/policies`;
    return this.#send({ path, schema: repositoryPoliciesSchema, options });
  }

  replayPolicy(draft: PolicyReplay, options?: FettleRequestOptions) {
    return this.#send({
      method: 'POST',
      path: '/policies/replay',
      body: draft,
      schema: policyReplayedSchema,
      options,
    });
  }

  getCompliance(options?: FettleRequestOptions) {
    const path = '/compliance';
    return this.#send({ path, schema: complianceSchema, options });
  }

  getFramework(
    id: string,
    query: Partial<FrameworkQuery> = {},
    options?: FettleRequestOptions,
  ) {
    const path = framework(id);
    const schema = frameworkStandingSchema;
    return this.#send({ path, query, schema, options });
  }

  listControlRepositories(
    frameworkId: string,
    query: { control: string; owner?: string },
    options?: FettleRequestOptions,
  ) {
    const path = `${framework(frameworkId)}/repositories`;
    const schema = controlRepositoriesSchema;
    return this.#send({ path, query, schema, options });
  }

  async getEvidence(
    frameworkId: string,
    query: EvidenceQuery,
    options?: FettleRequestOptions,
  ) {
    const path = `${framework(frameworkId)}/evidence`;
    return this.#download({ path, query, options });
  }

  async #download(request: Omit<Request<unknown>, 'schema'>) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('fettle');
    const { fetch } = this.#fetchApi;
    return (await fetchFrom(baseUrl, fetch, request)).blob();
  }

  async #send<T>(request: Request<T>): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('fettle');
    return send(baseUrl, this.#fetchApi.fetch, request);
  }
}

function framework(id: string): string {
  return `/compliance/${encodeURIComponent(id)}`;
}

function of(repositoryId: string): string {
  return `/repositories/${encodeURIComponent(repositoryId)}`;
}
