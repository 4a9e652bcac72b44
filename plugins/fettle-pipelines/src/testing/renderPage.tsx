import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act } from '@testing-library/react';
import { fettleApiRef } from 'backstage-plugin-fettle-react';
import { Suspense, type ReactElement } from 'react';
import { PipelinesCard } from '../card/PipelinesCard';
import { PipelinesRouter } from '../PipelinesRouter';
import { EntityPipelines } from '../tab/EntityPipelines';
import type { FakeFettleApi } from './FakeFettleApi';

/** The entity of the fixtures. */
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

  /** Whether a page follows a scope by now. */
  hears(scope: string): boolean {
    return [...this.#subscriptions].some(
      ({ channel }) => channel === `fettle:${scope}`,
    );
  }
}

function render(
  api: FakeFettleApi,
  element: ReactElement,
  path: string,
): { hints: Hints; unmount: () => void } {
  const hints = new Hints();
  // As in a portal, where every extension has its own boundary.
  const { unmount } = renderInTestApp(
    <Suspense fallback={null}>{element}</Suspense>,
    {
      apis: [
        [fettleApiRef, api],
        [signalApiRef, hints],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [path],
    },
  );
  return { hints, unmount };
}

/** The Pipelines page, or a page below it. */
export function renderPipelines(api: FakeFettleApi, path = '/') {
  return render(api, <PipelinesRouter />, path);
}

/** The Pipelines tab of an entity. */
export function renderTab(api: FakeFettleApi, path = '/') {
  return render(
    api,
    <EntityProvider entity={LEDGER}>
      <EntityPipelines />
    </EntityProvider>,
    path,
  );
}

/** The Pipelines card of an entity. */
export function renderCard(api: FakeFettleApi) {
  return render(
    api,
    <EntityProvider entity={LEDGER}>
      <PipelinesCard />
    </EntityProvider>,
    '/',
  );
}
