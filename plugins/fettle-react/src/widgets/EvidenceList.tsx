import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Evidence } from 'backstage-plugin-fettle-common';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1),
      padding: theme.spacing(0.25, 0),
      overflowWrap: 'anywhere',
    },
    place: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.8125rem',
    },
    message: { color: theme.palette.text.secondary },
    more: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleEvidenceList' },
);

/** A place as people write it: `path:line`. @public */
export function placeOf(evidence: Evidence): string | undefined {
  if (evidence.path === undefined) return undefined;
  return evidence.line === undefined
    ? evidence.path
    : `${evidence.path}:${evidence.line}`;
}

// Evidence comes from repositories; only links that lead to pages are links.
function safeUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
}

/**
 * What a verdict rests on, place by place, with links to the host where it has
 * pages.
 *
 * @public
 */
export function EvidenceList(props: {
  evidence: readonly Evidence[];
  /** Places beyond those listed. */
  more?: number;
  /** Show at most this many; the rest is counted. */
  limit?: number;
}) {
  const { evidence, more = 0, limit = evidence.length } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const shown = evidence.slice(0, limit);
  const hidden = evidence.length - shown.length + more;
  if (shown.length === 0 && hidden === 0) return null;
  return (
    <ul className={classes.list}>
      {shown.map((item, index) => {
        const place = placeOf(item);
        const url = safeUrl(item.url);
        return (
          <li
            key={`${index} ${place} ${item.message}`}
            className={classes.item}
          >
            {place !== undefined && (
              <span className={classes.place}>
                {url ? (
                  <Link to={url} title={t('evidence.host', { place })}>
                    {place}
                  </Link>
                ) : (
                  place
                )}
              </span>
            )}
            <span className={classes.message}>
              {place === undefined && url ? (
                <Link to={url}>{item.message}</Link>
              ) : (
                item.message
              )}
            </span>
          </li>
        );
      })}
      {hidden > 0 && (
        <li className={`${classes.item} ${classes.more}`}>
          {t('evidence.more', { count: hidden })}
        </li>
      )}
    </ul>
  );
}
