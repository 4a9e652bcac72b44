import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  deliveryRetryPermission,
  type DeliverySummary,
} from 'backstage-plugin-fettle-common';
import { fettleApiRef } from 'backstage-plugin-fettle-react';
import { useCallback, useState } from 'react';
import { saidBy } from '../run/saidBy';
import { fettlePipelinesTranslationRef } from '../translation';

/** What became of asking for a delivery to be tried again. */
export interface Retry {
  /** As it was when it was asked for. */
  delivery: DeliverySummary;
  /** `asking` the backend, `accepted` by it, or `refused` with words. */
  state: 'asking' | 'accepted' | 'refused';
  refusal?: string;
}

/** Has deliveries tried again, and remembers how that went. */
export function useRetries(onAccepted: () => void) {
  const api = useApi(fettleApiRef);
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const [retries, setRetries] = useState<Record<string, Retry>>({});
  const ask = useCallback(
    async (delivery: DeliverySummary) => {
      const { id } = delivery;
      const keep = (retry: Omit<Retry, 'delivery'>) =>
        setRetries(before => ({ ...before, [id]: { delivery, ...retry } }));
      keep({ state: 'asking' });
      try {
        await api.retryDelivery(id);
        keep({ state: 'accepted' });
        onAccepted();
      } catch (error) {
        const { forbidden, message } = saidBy(error);
        keep({
          state: 'refused',
          refusal: forbidden
            ? t('sources.retryForbidden', {
                permission: deliveryRetryPermission.name,
              })
            : t('sources.retryRefused', { message }),
        });
      }
    },
    [api, onAccepted, t],
  );
  return { retries, ask };
}
