import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useLiveFixes } from '../live/useLiveAutomation';
import { StatePanel } from '../widgets/StatePanel';
import { fettleReactTranslationRef } from '../widgets/translation';

/**
 * Says why a page has no buttons that put things right, where that is because
 * what can be mended could not be read. Who may not see automation is told
 * nothing about it.
 *
 * @public
 */
export function FixesNotice(props: { repositoryId: string }) {
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const { value, error, live, retry } = useLiveFixes(props.repositoryId);
  if (value || !error) return null;
  const { cause } = error as { cause?: unknown };
  const { name, message } = cause instanceof Error ? cause : error;
  if (name === 'NotAllowedError') return null;
  return (
    <StatePanel
      kind="failing"
      title={t('automation.fix.failed')}
      message={message}
      since={live.since.toISOString()}
      onRetry={retry}
    />
  );
}
