import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  fettleApiRef,
  fettleAutomationApiRef,
} from 'backstage-plugin-fettle-react';
import { Suspense, type ReactElement } from 'react';
import { AutomationRouter } from '../automation/AutomationRouter';
import { EntityHealth } from '../health/EntityHealth';
import { FettleRouter } from '../FettleRouter';
import type { FakeAutomationApi } from './FakeAutomationApi';
import { FakeFettleApi } from './FakeFettleApi';

/** The entity of the fixtures. */
const LEDGER: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ledger', namespace: 'default' },
};

function render(
  api: FakeFettleApi,
  element: ReactElement,
  path: string,
  automation?: FakeAutomationApi,
) {
  // As in a portal, where every extension has its own boundary.
  return renderInTestApp(<Suspense fallback={null}>{element}</Suspense>, {
    apis: [
      [fettleApiRef, api],
      ...(automation ? ([[fettleAutomationApiRef, automation]] as const) : []),
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [path],
  });
}

/** The Fleet page, or a page below it. */
export function renderFleet(api: FakeFettleApi, path = '/') {
  return render(api, <FettleRouter />, path);
}

/** The Health tab of {@link LEDGER}. */
export function renderHealthTab(
  api: FakeFettleApi,
  automation?: FakeAutomationApi,
) {
  return render(
    api,
    <EntityProvider entity={LEDGER}>
      <EntityHealth />
    </EntityProvider>,
    '/',
    automation,
  );
}

/** The Automation page, or a page below it. */
export function renderAutomation(api: FakeAutomationApi, path = '/') {
  return render(new FakeFettleApi(), <AutomationRouter />, path, api);
}
