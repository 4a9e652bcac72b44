import type { PlaybookLimits } from 'backstage-plugin-fettle-common';

/** What asks. */
export interface Asking {
  id: string;
  playbook: { id: string; title: string; limits: PlaybookLimits };
  repository: string;
  host: string;
  filesChanged: number;
  linesChanged: number;
}
