import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  {
    root: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.8125rem',
      overflowWrap: 'anywhere',
    },
  },
  { name: 'FettlePlaceLink' },
);

/** Places come from repositories and hosts; only what leads to a page is a link. */
export function safeUrl(url: string | null | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}

/**
 * A place in a repository. Where its host has a page of it, it leads there, in
 * a tab of its own.
 *
 * @public
 */
export function PlaceLink(props: {
  path: string;
  line?: number | null;
  url?: string | null;
}) {
  const { path, line } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const place = line ? `${path}:${line}` : path;
  const url = safeUrl(props.url);
  return (
    <span className={classes.root}>
      {url ? (
        <Link to={url} title={t('evidence.host', { place })}>
          {place}
        </Link>
      ) : (
        place
      )}
    </span>
  );
}
