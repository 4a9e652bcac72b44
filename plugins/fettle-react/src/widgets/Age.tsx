import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useNow } from '../live/useNow';
import { exactTime, spanOf, tickOf } from './spans';
import { fettleReactTranslationRef } from './translation';

/**
 * How long ago something was; it counts by itself and shows the exact time on
 * hover.
 *
 * @public
 */
export function Age(props: {
  /** ISO 8601; null where it never was. */
  at: string | null;
  className?: string;
}) {
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const at = props.at === null ? undefined : new Date(props.at);
  const tick = at ? tickOf(spanOf(Date.now() - at.getTime())) : 60_000;
  const now = useNow(tick);
  if (!at) return <span className={props.className}>{t('age.never')}</span>;
  const span = spanOf(now.getTime() - at.getTime());
  return (
    <time
      dateTime={at.toISOString()}
      title={exactTime(at)}
      className={props.className}
      style={{ whiteSpace: 'nowrap' }}
    >
      {span.unit === 'seconds' && span.n < 2
        ? t('age.now')
        : t(`age.${span.unit}`, { n: String(span.n) })}
    </time>
  );
}
