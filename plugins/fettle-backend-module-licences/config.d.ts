export interface Config {
  fettle?: {
    licences?: {
      /**
       * Licences that packages may have, as SPDX ids or with `*` for any part
       * of one (`BSD-*`). Where there is a list, what is not on it is a
       * finding. Default: none, all that are not denied.
       */
      allow?: string[];
      /** Licences that packages may not have, written in the same way. They win over `allow`, except where that names an id with its exception. */
      deny?: string[];
      /** Packages that are let through, each with the reason for it. */
      exceptions?: Array<{
        /** As OSV calls it, for example npm. */
        ecosystem: string;
        name: string;
        /** Default: every version. */
        version?: string;
        reason: string;
      }>;
      /** What becomes of packages whose licence is not known, or is not written in SPDX: `ignore` (default) or `report`. */
      unknown?: 'ignore' | 'report';
      /** Of what is denied or not allowed. Default: high. */
      severity?: 'critical' | 'high' | 'medium' | 'low';
    };
  };
}
