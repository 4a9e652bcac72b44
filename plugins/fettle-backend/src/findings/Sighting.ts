import type {
  ComponentScope,
  FindingKind,
  Severity,
} from 'backstage-plugin-fettle-common';
import type { RepositorySettings } from 'backstage-plugin-fettle-node';

/** The package that a sighting is about. */
export interface SightedComponent {
  ecosystem: string;
  name: string;
  versions: string[];
  direct: boolean | null;
  scope: ComponentScope;
  chain: string[];
}

/** What one observer (a scanner, a matcher, a tool that sent a report) sees of one problem in one place. */
export interface Sighting {
  kind: FindingKind;
  rule: string;
  aliases: string[];
  title: string;
  severity: Severity;
  cvss: number | null;
  epss: number | null;
  exploited: boolean;
  certain: boolean;
  /** Empty for what is not in a file. */
  path: string;
  line: number | null;
  /** Where it stands, if not in the commit that was scanned: in a commit of the history. */
  origin?: { commit: string; line?: number };
  /** Two sightings of one kind and path that share a key are one finding. */
  keys: string[];
  component: SightedComponent | null;
  fixedIn: string[];
  message: string;
  description: string | null;
  fix: string | null;
  references: string[];
  /** Settings as they were before somebody changed them. */
  was?: RepositorySettings;
}
