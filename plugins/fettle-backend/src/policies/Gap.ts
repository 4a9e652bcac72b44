import type { Reason } from 'backstage-plugin-fettle-common';
import type { VariableName } from './language/words';

/** Something that a policy reads and that is not known. */
export interface Gap extends Reason {
  input: VariableName;
}
