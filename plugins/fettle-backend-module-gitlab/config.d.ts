export interface Config {
  fettle?: {
    gitlab?: {
      /**
       * Hosts whose repositories are read and whose pipelines are followed
       * through their API; the address of the host and the credentials are
       * those of `integrations.gitlab`. Repositories of other hosts are left
       * to the Git source.
       */
      hosts?: Array<{
        /** For example gitlab.com; one of `integrations.gitlab`. */
        host: string;
        /**
         * The secret token of the webhooks that deliver to
         * `POST /api/fettle/deliveries/gitlab`. Each host has its own. Without
         * it and `signingToken`, no webhook of the host is taken.
         * @visibility secret
         */
        webhookToken?: string;
        /**
         * The signing token of the webhooks, `whsec_…`, for hosts that sign
         * what they send. Where it is set, nothing unsigned is taken.
         * @visibility secret
         */
        signingToken?: string;
        /** Full paths of groups all of whose repositories, also those of their subgroups, are read without an entity in the catalog. Default: none. */
        groups?: string[];
      }>;
    };
  };
}
