export interface Config {
  fettle?: {
    github?: {
      /** Hosts whose runs are followed; their API and credentials are those of `integrations.github`. */
      hosts?: Array<{
        /** For example github.com; one of `integrations.github`. */
        host: string;
        /**
         * The secret of the webhooks that deliver to `POST /api/fettle/deliveries/github`.
         * @visibility secret
         */
        webhookSecret?: string;
      }>;
    };
  };
}
