import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Campaign,
  CampaignItemPage,
  CampaignState,
  DriftState,
} from 'backstage-plugin-fettle-common';
import { fettleReactTranslationRef } from '../widgets/translation';
import { Mark } from './AutomationMark';
import {
  CAMPAIGN_SHAPES,
  DRIFT_SHAPES,
  ITEM_SHAPES,
  WAVE_SHAPES,
} from './automationShapes';

/**
 * Where a campaign stands: shape, word and colour.
 *
 * @public
 */
export function CampaignStateMark({ state }: { state: CampaignState }) {
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const word = t(`automation.campaignState.${state}`);
  return <Mark of={CAMPAIGN_SHAPES[state]} state={state} word={word} />;
}

/**
 * Where a wave of a campaign stands: shape, word and colour.
 *
 * @public
 */
export function WaveStateMark(props: {
  state: Campaign['waves'][number]['state'];
}) {
  const { state } = props;
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const word = t(`automation.waveState.${state}`);
  return <Mark of={WAVE_SHAPES[state]} state={state} word={word} />;
}

/**
 * Where a repository of a campaign stands: shape, word and colour.
 *
 * @public
 */
export function CampaignItemMark(props: {
  state: CampaignItemPage['items'][number]['state'];
}) {
  const { state } = props;
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const word = t(`automation.itemState.${state}`);
  return <Mark of={ITEM_SHAPES[state]} state={state} word={word} />;
}

/**
 * How a repository stands against a standard: shape, word and colour.
 *
 * @public
 */
export function DriftStateMark({ state }: { state: DriftState }) {
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const word = t(`automation.driftState.${state}`);
  return <Mark of={DRIFT_SHAPES[state]} state={state} word={word} />;
}
