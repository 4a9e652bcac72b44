import type { JsonValue } from '@backstage/types';
import type { ActionView, FileDiff } from 'backstage-plugin-fettle-common';
import type { FileEdit, Obstacle } from 'backstage-plugin-fettle-node';
import type { Inputs } from './RecordingTree';

/** An action with what its step needs to do it. */
export interface StoredAction extends ActionView {
  before: JsonValue;
  after: JsonValue;
  input: JsonValue;
  idempotent: boolean;
}

/** Exactly what a playbook would do, and what it looked at to say so. */
export interface MadePlan {
  /** Of all that would be done and of what was there before: only this is applied. */
  hash: string;
  /** Of what would be, whatever was there before. */
  contentHash: string;
  /** Of what is there now in its place. */
  beforeHash: string;
  state: 'possible' | 'empty' | 'impossible';
  commit: string | null;
  /** The branch that the change is for. */
  base: string | null;
  files: FileDiff[];
  edits: FileEdit[];
  filesChanged: number;
  linesChanged: number;
  actions: StoredAction[];
  obstacles: Obstacle[];
  notes: string[];
  unmended: { key: string; reason: string }[];
  inputs: Inputs;
  reversible: boolean;
}
