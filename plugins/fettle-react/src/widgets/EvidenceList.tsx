import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Evidence } from 'backstage-plugin-fettle-common';
import { PlaceLink, safeUrl } from './PlaceLink';
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
    message: { color: theme.palette.text.secondary },
    more: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleEvidenceList' },
);

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
        const { path, line, message } = item;
        const url = safeUrl(item.url);
        return (
          <li
            key={`${index} ${path} ${line} ${message}`}
            className={classes.item}
          >
            {path !== undefined && (
              <PlaceLink path={path} line={line} url={url} />
            )}
            <span className={classes.message}>
              {path === undefined && url ? (
                <Link to={url}>{message}</Link>
              ) : (
                message
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
