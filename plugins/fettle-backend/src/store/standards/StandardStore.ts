import type {
  Drift,
  DriftCounts,
  DriftState,
  OptOut,
  Reason,
} from 'backstage-plugin-fettle-common';
import type { SettingDrift } from '../../standards/compareSettings';
import type { Visibility } from '../FettleStore';

/** How one repository stands against one standard, as it was found. */
export interface FoundDrift {
  standardId: string;
  version: string;
  state: Exclude<DriftState, 'exempt'>;
  reason: Reason | null;
  files: Drift['files'];
  settings: SettingDrift[];
  /** What the standard says here, by path; kept where the repository follows it. */
  rendered: ReadonlyMap<string, string>;
}

/** The same as it is stored, with whether a person opted the repository out. */
export type StoredDrift = Omit<
  Drift,
  'repository' | 'entityRef' | 'standardTitle'
>;

/** How repositories stand against standards. */
export interface StandardStore {
  /** Repositories that were not held against these standards at their head, after this id and in the order of ids. */
  due(of: {
    digest: string;
    now: Date;
    after: string;
    limit: number;
  }): Promise<string[]>;
  /** What each standard said when the repository followed it last, by standard and path. */
  bases(repositoryId: string): Promise<Map<string, Map<string, string>>>;
  /** Replaces what is known of the repository; null where readers see no difference. */
  save(
    found: {
      repositoryId: string;
      digest: string;
      commit: string | null;
      drifts: readonly FoundDrift[];
      /** What is stored of other standards stays, as they may only not be read yet. */
      keepOthers?: boolean;
      dueAt: Date;
    },
    now: Date,
  ): Promise<number | null>;
  drifts(repositoryId: string, now: Date): Promise<StoredDrift[]>;
  /** Of those that the reader may see, by standard. */
  counts(
    visibility: Visibility,
    now: Date,
  ): Promise<
    Map<string, { counts: DriftCounts; versions: Record<string, number> }>
  >;
  /** Drifted first, then by the name of the repository. */
  page(
    of: {
      standardId: string;
      state?: DriftState;
      limit: number;
      cursor?: string;
    },
    visibility: Visibility,
    now: Date,
  ): Promise<{
    items: (StoredDrift & { repository: string; entityRef: string | null })[];
    nextCursor: string | null;
    total: number;
  }>;
  /** Null ends the one there is. */
  optOut(
    repositoryId: string,
    standardId: string,
    given: Omit<OptOut, 'createdAt'> | null,
    now: Date,
  ): Promise<{ revision: number; before: OptOut | null }>;
  revision(): Promise<number>;
}
