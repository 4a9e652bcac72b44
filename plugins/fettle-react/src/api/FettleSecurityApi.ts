import { createApiRef } from '@backstage/core-plugin-api';
import type {
  AcceptFinding,
  Compliance,
  ComponentPage,
  ComponentQuery,
  ControlRepositories,
  EvidenceQuery,
  ExceptionAccepted,
  ExceptionEnded,
  FindingDetails,
  FindingExportQuery,
  FindingPage,
  FindingQuery,
  FleetSecurity,
  FrameworkQuery,
  FrameworkStanding,
  PackageExportQuery,
  PackagePage,
  PackageQuery,
  PackageUses,
  PackageUsesExportQuery,
  PackageUsesQuery,
  Policies,
  PolicyReplay,
  PolicyReplayed,
  ReportAccepted,
  RepositoryPolicies,
  RepositorySecurity,
} from 'backstage-plugin-fettle-common';
import type { FettleRequestOptions } from './FettleApi';

/**
 * The part of the API of the Fettle backend that is about findings and
 * components. Methods reject as those of {@link FettleApi} do.
 *
 * @public
 */
export interface FettleSecurityApi {
  /** How a repository, or one folder of it, stands: `GET /repositories/:id/security`. */
  getSecurity(
    repositoryId: string,
    query?: { subpath?: string },
    options?: FettleRequestOptions,
  ): Promise<RepositorySecurity>;

  /** How the fleet stands: `GET /security`. */
  getFleetSecurity(
    query?: { owner?: string; days?: number },
    options?: FettleRequestOptions,
  ): Promise<FleetSecurity>;

  /** One page of findings, of one repository or of all: `GET /repositories/:id/findings`, `GET /findings`. */
  listFindings(
    repositoryId: string | undefined,
    query?: Partial<FindingQuery>,
    options?: FettleRequestOptions,
  ): Promise<FindingPage>;

  /** Findings of all repositories as a file: `GET /findings/export`. */
  exportFindings(
    query: Partial<FindingExportQuery>,
    options?: FettleRequestOptions,
  ): Promise<Blob>;

  /** One finding with its evidence and history: `GET /findings/:id`. */
  getFinding(
    id: string,
    options?: FettleRequestOptions,
  ): Promise<FindingDetails>;

  /** Accepts a finding, or calls it a false positive: `POST /findings/:id/exceptions`. */
  acceptFinding(
    id: string,
    given: AcceptFinding,
    options?: FettleRequestOptions,
  ): Promise<ExceptionAccepted>;

  /** Takes an exception back: `POST /exceptions/:id/end`. */
  endException(
    id: string,
    options?: FettleRequestOptions,
  ): Promise<ExceptionEnded>;

  /** Sends a report of another tool about a commit: `POST /repositories/:id/reports`. */
  uploadReport(
    repositoryId: string,
    report: { commit: string; text: string },
    options?: FettleRequestOptions,
  ): Promise<ReportAccepted>;

  /** One page of the components of a repository: `GET /repositories/:id/components`. */
  listComponents(
    repositoryId: string,
    query?: Partial<ComponentQuery>,
    options?: FettleRequestOptions,
  ): Promise<ComponentPage>;

  /** The packages of the fleet, most used first: `GET /packages`. */
  listPackages(
    query?: Partial<PackageQuery>,
    options?: FettleRequestOptions,
  ): Promise<PackagePage>;

  /** Every version in use of packages as a file: `GET /packages/export`. */
  exportPackages(
    query: Partial<PackageExportQuery>,
    options?: FettleRequestOptions,
  ): Promise<Blob>;

  /** Uses of one package, and how many there are in all: `GET /packages/uses`. */
  getPackageUses(
    query: Pick<PackageUsesQuery, 'ecosystem' | 'name'> &
      Partial<PackageUsesQuery>,
    options?: FettleRequestOptions,
  ): Promise<PackageUses>;

  /** Every use of one package as CSV: `GET /packages/uses/export`. */
  exportPackageUses(
    query: PackageUsesExportQuery,
    options?: FettleRequestOptions,
  ): Promise<Blob>;

  /** Every policy, and how many repositories keep it: `GET /policies`. */
  getPolicies(options?: FettleRequestOptions): Promise<Policies>;

  /** How a repository stands against each policy: `GET /repositories/:id/policies`. */
  getRepositoryPolicies(
    repositoryId: string,
    options?: FettleRequestOptions,
  ): Promise<RepositoryPolicies>;

  /**
   * What a draft policy says today and would have said before:
   * `POST /policies/replay`. Rejects with the reason where the draft is wrong.
   */
  replayPolicy(
    draft: PolicyReplay,
    options?: FettleRequestOptions,
  ): Promise<PolicyReplayed>;

  /** Every framework, and how many of its controls are met: `GET /compliance`. */
  getCompliance(options?: FettleRequestOptions): Promise<Compliance>;

  /** One framework by control, owner and day: `GET /compliance/:framework`. */
  getFramework(
    id: string,
    query?: Partial<FrameworkQuery>,
    options?: FettleRequestOptions,
  ): Promise<FrameworkStanding>;

  /** Who does not meet a control: `GET /compliance/:framework/repositories`. */
  listControlRepositories(
    frameworkId: string,
    query: { control: string; owner?: string },
    options?: FettleRequestOptions,
  ): Promise<ControlRepositories>;

  /** An archive: `GET /compliance/:framework/evidence`. */
  getEvidence(
    frameworkId: string,
    query: EvidenceQuery,
    options?: FettleRequestOptions,
  ): Promise<Blob>;
}

/**
 * The ref of {@link FettleSecurityApi}.
 *
 * @public
 */
export const fettleSecurityApiRef = createApiRef<FettleSecurityApi>({
  id: 'plugin.fettle-security.client',
});
