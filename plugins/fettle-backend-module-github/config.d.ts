export interface Config {
  fettle?: {
    github?: {
      /**
       * Hosts whose repositories are read and whose runs are followed through
       * their API; the address of the API and the credentials are those of
       * `integrations.github`. Repositories of other hosts are left to the Git
       * source.
       */
      hosts?: Array<{
        /** For example github.com; one of `integrations.github`. */
        host: string;
        /**
         * The secret of the webhooks that deliver to `POST /api/fettle/deliveries/github`.
         * Each host has its own. Without one, no webhook of the host is taken.
         * @visibility secret
         */
        webhookSecret?: string;
        /** Organizations, and people, all of whose repositories are read without an entity in the catalog. Default: none. */
        organizations?: string[];
        /**
         * Whether the open alerts of Dependabot, code scanning and secret scanning
         * become findings. The app or token needs to read them (`Dependabot
         * alerts`, `Code scanning alerts`, `Secret scanning alerts`). Default: false.
         */
        alerts?: boolean;
      }>;
    };
  };
}
