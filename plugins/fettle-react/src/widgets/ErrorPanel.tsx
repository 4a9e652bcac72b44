import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { StatePanel } from './StatePanel';
import { fettleReactTranslationRef } from './translation';

/**
 * An error of the API as a state: forbidden says which permission is missing,
 * anything else what failed and since when.
 *
 * @public
 */
export function ErrorPanel(props: {
  error: Error;
  /** Named where the answer was "forbidden". */
  permission: string;
  /** ISO 8601. */
  since?: string;
  onRetry?: () => void;
}) {
  const { error, permission, since, onRetry } = props;
  const { t } = useTranslationRef(fettleReactTranslationRef);
  // A ResponseError carries the server's own error as its cause.
  const { cause } = error as { cause?: unknown };
  const { name, message } = cause instanceof Error ? cause : error;
  if (name === 'NotAllowedError') {
    return (
      <StatePanel
        kind="forbidden"
        title={t('panel.forbidden')}
        message={t('panel.forbiddenWhat')}
        permission={permission}
        onRetry={onRetry}
      />
    );
  }
  if (name === 'NotFoundError') {
    return (
      <StatePanel
        kind="empty"
        title={t('panel.gone')}
        message={t('panel.goneWhat')}
        onRetry={onRetry}
      />
    );
  }
  return (
    <StatePanel
      kind="failing"
      title={t('panel.failed')}
      message={message}
      since={since}
      action={t('panel.failedWhat')}
      onRetry={onRetry}
    />
  );
}
