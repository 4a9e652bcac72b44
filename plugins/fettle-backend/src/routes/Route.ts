import type { Readable } from 'node:stream';
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { z } from 'zod';
import type { ReaderAccess } from '../authorization/ReaderAccess';
import type { CampaignService } from '../campaigns/CampaignService';
import type { ComplianceReader } from '../compliance/ComplianceReader';
import type { CollectQueue } from '../collect/CollectQueue';
import type { ConfiguredCheck } from '../evaluate/ConfiguredCheck';
import type { FileUrl } from '../pages/createFileUrl';
import type { SourceOverview } from '../reconcile/SourceOverview';
import type { RunControl } from '../runs/RunControl';
import type { DatabaseCampaignStore } from '../store/campaigns/DatabaseCampaignStore';
import type { DeliveryStore } from '../store/deliveries/DeliveryStore';
import type { FettleStore, ReadClock } from '../store/FettleStore';
import type { GateServices } from '../policies/gate/askGate';
import type { PlaybookSet, ProblemReader } from '../playbooks/LoadedPlaybook';
import type { PlaybookNumbers } from '../playbooks/PlaybookNumbers';
import type { RemediationParts } from '../remediate/RemediationParts';
import type { PolicyReplayer } from '../policies/replay/PolicyReplayer';
import type { ComplianceStore } from '../store/compliance/ComplianceStore';
import type { PipelineStore } from '../store/pipelines/PipelineStore';
import type { ScanOverview } from '../scan/ScanOverview';
import type { SecurityStore } from '../store/security/SecurityStore';
import type { RunStore, StoredRun } from '../store/runs/RunStore';
import type { StandardSet } from '../standards/StandardSet';
import type { StandardStore } from '../store/standards/StandardStore';

/** What the routes work with. */
export interface RouteServices {
  store: FettleStore;
  access: ReaderAccess;
  queue: CollectQueue;
  checks: readonly ConfiguredCheck[];
  clock: () => ReadClock;
  /** The id of the repository that a remote names, in any of its spellings. */
  findRepository: (remote: string) => Promise<string | undefined>;
  runs: RunStore;
  pipelines: PipelineStore;
  control: RunControl;
  /** Has a run read from its host, in the background. */
  readRun: (run: StoredRun) => void;
  deliveries: DeliveryStore;
  /** Has due deliveries processed, in the background. */
  sweepDeliveries: () => void;
  sources: SourceOverview;
  security: SecurityStore;
  scanOverview: ScanOverview;
  fileUrl: FileUrl;
  policies: GateServices & { replayer: PolicyReplayer };
  playbooks: PlaybookSet;
  problems: ProblemReader;
  playbookNumbers: PlaybookNumbers;
  remediation: RemediationParts;
  campaigns: { store: DatabaseCampaignStore; service: CampaignService };
  /** The JSON schema of files of playbooks. */
  playbookSchema: JsonObject;
  compliance: { reader: ComplianceReader; store: ComplianceStore };
  standards: {
    set: StandardSet;
    store: StandardStore;
    /** Holds a repository against its standards, in the background. */
    check: (repositoryId: string) => void;
  };
  /** Tells open pages that findings of these repositories changed. */
  findingsChanged: (
    repositoryIds: readonly string[],
    revision: number | null,
  ) => void;
  logger: LoggerService;
}

/** A file as an answer. */
export class Download {
  constructor(
    readonly type: string,
    readonly fileName: string,
    /** A stream that fails ends the answer before its end. */
    readonly content: string | Readable,
  ) {}
}

/** One request, already parsed. */
export interface RouteRequest<Q, B> {
  params: Record<string, string>;
  query: Q;
  body: B;
  /** The header: which types the reader takes. */
  accept: string;
  credentials: BackstageCredentials;
}

/**
 * One operation of the API. The same schemas serve the router's validation and
 * the published OpenAPI document.
 */
export interface Route<
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** Unique, in camel case: the operation's id in OpenAPI and in the audit log. */
  id: string;
  method: 'get' | 'post';
  /** With parameters as `:name`. */
  path: string;
  summary: string;
  query?: Q;
  body?: B;
  /** 200, or 202 for what goes on after the answer. */
  status?: 200 | 202;
  response: R;
  /** How long a body may be, as `bytes` writes it. Default 100kb. */
  bodyLimit?: string;
  /** The body is taken as text, whatever its type. */
  textBody?: boolean;
  /** The answer is a {@link Download} of one of these types. */
  downloads?: readonly string[];
  /** The answer is a {@link Download} of one of these types where the reader asks for it. */
  mayDownload?: readonly string[];
  /** A write: it is audited. */
  audited?: boolean;
  handle(
    request: RouteRequest<z.output<Q>, z.output<B>>,
    services: RouteServices,
  ): Promise<z.output<R> | Download>;
}

export function defineRoute<
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(route: Route<Q, B, R>): Route<Q, B, R> {
  return route;
}
