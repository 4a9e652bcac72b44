import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { fettleApiRef, type FettleApi } from '../api/FettleApi';
import { browserEnvironment, type LiveEnvironment } from './LiveEnvironment';
import { LiveHub } from './LiveHub';

const NO_SIGNALS = {};
const hubs = new WeakMap<FettleApi, WeakMap<object, LiveHub>>();

function hubOf(api: FettleApi, signals: LiveEnvironment['signals']): LiveHub {
  const ofApi = hubs.get(api) ?? new WeakMap<object, LiveHub>();
  hubs.set(api, ofApi);
  const hub =
    ofApi.get(signals ?? NO_SIGNALS) ??
    new LiveHub(api, browserEnvironment(signals));
  ofApi.set(signals ?? NO_SIGNALS, hub);
  return hub;
}

/** The hub that all hooks of a portal share; it does without signals where there are none. */
export function useLiveHub(): LiveHub {
  return hubOf(useApi(fettleApiRef), useApiHolder().get(signalApiRef));
}
