import {
  createBackendModule,
  createExtensionPoint,
} from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { startPortal } from '../../packages/backend/src/startPortal';

interface Refresher {
  start(): Promise<void>;
  frameHandler(): Promise<void>;
  refresh(request: Request, response: Response): Promise<void>;
}

interface ResolverContext {
  signInWithCatalogUser(query: {
    entityRef: { name: string };
  }): Promise<{ token: string; identity?: object }>;
}

/** As `@backstage/plugin-auth-node` has it. */
const authProviders = createExtensionPoint<{
  registerProvider(provider: {
    providerId: string;
    factory(options: { resolverContext: ResolverContext }): Refresher;
  }): void;
}>({ id: 'auth.providers' });

const never = async () => {
  throw new Error('Nobody is sent anywhere to sign in.');
};

/** Signs in whom the address names, beside the guest: a change needs somebody who did not ask for it. */
const colleagueProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'colleague-provider',
  register(env) {
    env.registerInit({
      deps: { providers: authProviders },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'colleague',
          factory: ({ resolverContext }) => ({
            ...{ start: never, frameHandler: never },
            async refresh({ query }, response) {
              const backstageIdentity =
                await resolverContext.signInWithCatalogUser({
                  entityRef: { name: String(query.name) },
                });
              response.json({ profile: {}, backstageIdentity });
            },
          }),
        });
      },
    });
  },
});

startPortal(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
  colleagueProvider,
);
