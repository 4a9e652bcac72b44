import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    block: {
      borderRadius: 4,
      background: theme.palette.action.hover,
      '@media (prefers-reduced-motion: no-preference)': {
        animation: '$breathe 1.6s ease-in-out infinite alternate',
      },
    },
    '@keyframes breathe': {
      from: { opacity: 1 },
      to: { opacity: 0.45 },
    },
  }),
  { name: 'FettleSkeleton' },
);

/**
 * The place of something that is still loading, in its size.
 *
 * @public
 */
export function Skeleton(props: {
  height: number;
  width?: number | string;
  margin?: number;
}) {
  const classes = useStyles();
  return (
    <div
      aria-hidden="true"
      className={classes.block}
      style={{
        height: props.height,
        width: props.width ?? '100%',
        margin: `${props.margin ?? 0}px 0`,
      }}
    />
  );
}
