import type { DemoRepository } from './DemoRepository';
import { billingBatch } from './repositories/billingBatch';
import { designSystem } from './repositories/designSystem';
import { edgeProxy } from './repositories/edgeProxy';
import { forecast } from './repositories/forecast';
import { gateway } from './repositories/gateway';
import { ledger } from './repositories/ledger';
import { logShipper } from './repositories/logShipper';
import { monorepo } from './repositories/monorepo';
import { android, empty, headless, scratchpad } from './repositories/oddities';
import { storefront } from './repositories/storefront';

/** The demo fleet. */
export const REPOSITORIES: DemoRepository[] = [
  ledger,
  gateway,
  billingBatch,
  storefront,
  designSystem,
  monorepo,
  edgeProxy,
  logShipper,
  forecast,
  android,
  empty,
  headless,
  scratchpad,
];
