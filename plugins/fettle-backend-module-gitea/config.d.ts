export interface Config {
  fettle?: {
    gitea?: {
      /**
       * Hosts whose repositories are read and whose runs are followed through
       * their API; the address of the host and the credentials are those of
       * `integrations.gitea`. Repositories of other hosts are left to the Git
       * source.
       */
      hosts?: Array<{
        /** For example gitea.com or codeberg.org; one of `integrations.gitea`. */
        host: string;
        /**
         * The secret of the webhooks that deliver to `POST /api/fettle/deliveries/gitea`.
         * Each host has its own. Without one, no webhook of the host is taken.
         * @visibility secret
         */
        webhookSecret?: string;
        /** Organizations, and people, all of whose repositories are read without an entity in the catalog. Default: none. */
        organizations?: string[];
      }>;
    };
  };
}
