/** A ref that is to be set, if it is what was seen. */
export interface RefUpdate {
  /** Full name. */
  ref: string;
  /** The commit that it is at; null where it is not there. */
  from: string | null;
  /** Null deletes it. */
  to: string | null;
}
