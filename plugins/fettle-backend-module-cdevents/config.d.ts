export interface Config {
  fettle?: {
    cdevents?: {
      /** Who may send CDEvents to `POST /api/fettle/deliveries/cdevents`. */
      senders?: Array<{
        /** A name of your own, lower case with dashes. */
        id: string;
        /**
         * Proof by signature: `X-Signature-256: sha256=<hex of HMAC-SHA256 over the body>`. One of `secret` and `token`.
         * @visibility secret
         */
        secret?: string;
        /**
         * Proof by `Authorization: Bearer <token>`. One of `secret` and `token`.
         * @visibility secret
         */
        token?: string;
        /** Remotes, or the beginnings of remotes, that it may speak of. Default: any. */
        repositories?: string[];
        /** The remote that events are about which name none. */
        repository?: string;
        /** Where the CI can be asked and told, see the module's README. */
        control?: {
          baseUrl: string;
          /**
           * Sent as `Authorization: Bearer <token>`.
           * @visibility secret
           */
          token: string;
        };
      }>;
    };
  };
}
