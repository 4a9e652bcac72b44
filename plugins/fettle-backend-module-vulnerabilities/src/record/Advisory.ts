import type { Severity } from 'backstage-plugin-fettle-common';
import type { Range } from './readRanges';

/** A package that an advisory is about. */
export interface AffectedPackage {
  ecosystem: string;
  /** As names of its ecosystem are told apart. */
  name: string;
  /** As the record writes it. */
  spelled: string;
  ranges: Range[];
  /** Versions that are affected, one by one, as they are compared. */
  versions: string[];
}

/** What is kept of a record. */
export interface Advisory {
  id: string;
  /** ISO 8601, as the record gives it. */
  modified: string;
  withdrawn: boolean;
  kind: 'vulnerability' | 'threat';
  severity: Severity;
  cvss: number | null;
  cvssVersion: number | null;
  title: string;
  description: string;
  references: string[];
  aliases: string[];
  packages: AffectedPackage[];
}
