import type { Subject } from './Subject';
import type { SubjectValues } from './toValues';

/** A repository as policies meet it; the values are made once for all of them. */
export interface Evaluated {
  subject: Subject;
  values: SubjectValues;
  /** How many of what breaks a policy are named. */
  mostNamed: number;
}
