import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act } from '@testing-library/react';
import {
  changesSchema,
  entityHealthSchema,
} from 'backstage-plugin-fettle-common';
import {
  fettleApiRef,
  fettleSecurityApiRef,
  type ChangesQuery,
} from 'backstage-plugin-fettle-react';
import { Suspense, type ReactElement } from 'react';
import { SecurityCard } from '../card/SecurityCard';
import { SecurityRouter } from '../SecurityRouter';
import { EntitySecurity } from '../tab/EntitySecurity';
import type { FakeSecurityApi } from './FakeSecurityApi';

const LEDGER: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ledger', namespace: 'default' },
};

/** A signals service that a test speaks through. */
class Hints {
  readonly #subscriptions = new Set<{
    channel: string;
    callback: (message: any) => void;
  }>();

  subscribe(channel: string, callback: (message: any) => void) {
    const subscription = { channel, callback };
    this.#subscriptions.add(subscription);
    return { unsubscribe: () => this.#subscriptions.delete(subscription) };
  }

  /** Tells every page that follows a scope of a revision. */
  async send(scope: string, revision: number) {
    await act(async () => {
      this.#subscriptions.forEach(({ channel, callback }) => {
        if (channel === `fettle:${scope}`) callback({ scope, revision });
      });
    });
  }

  hears(scope: string): boolean {
    return [...this.#subscriptions].some(
      ({ channel }) => channel === `fettle:${scope}`,
    );
  }
}

function render(api: FakeSecurityApi, element: ReactElement, path: string) {
  const hints = new Hints();
  // What these pages need of the rest of the API.
  const fettle = {
    getEntity: async (entityRef: string) =>
      entityHealthSchema.parse({
        ...{ entityRef, repositoryId: 'r1', subpath: '', owner: null },
        ...{ system: null, problem: null, revision: 7 },
      }),
    getChanges: async ({ since }: ChangesQuery) =>
      changesSchema.parse({
        ...{ revision: api.revision, items: [], reset: false },
        changed: api.revision > since,
      }),
  };
  renderInTestApp(<Suspense fallback={null}>{element}</Suspense>, {
    apis: [
      [fettleApiRef, fettle as any],
      [fettleSecurityApiRef, api],
      [signalApiRef, hints],
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [path],
  });
  return { hints };
}

/** The Security page, or a page below it. */
export function renderSecurity(api: FakeSecurityApi, path = '/') {
  return render(api, <SecurityRouter />, path);
}

/** The Security tab of an entity. */
export function renderTab(api: FakeSecurityApi, path = '/') {
  return render(
    api,
    <EntityProvider entity={LEDGER}>
      <EntitySecurity />
    </EntityProvider>,
    path,
  );
}

/** The Security card of an entity. */
export function renderCard(api: FakeSecurityApi) {
  return render(
    api,
    <EntityProvider entity={LEDGER}>
      <SecurityCard />
    </EntityProvider>,
    '/',
  );
}
