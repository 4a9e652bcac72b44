import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    width: sidebarConfig.drawerWidthClosed,
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    marginBottom: -14,
  },
  link: { width: sidebarConfig.drawerWidthClosed, marginLeft: 24 },
  mark: { height: 28, width: 'auto', display: 'block' },
});

/** Fettle's mark: a tick inside a gauge. */
export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link
        to="/fettle"
        underline="none"
        className={classes.link}
        aria-label="Fettle"
      >
        <svg
          className={classes.mark}
          viewBox={isOpen ? '0 0 112 28' : '0 0 28 28'}
          role="img"
          aria-hidden
        >
          <path
            d="M5.5 22a12 12 0 1 1 17 0"
            fill="none"
            stroke="#7df3e1"
            strokeWidth="3"
            strokeLinecap="round"
          />
          <path
            d="M9 14.5l4 4 7-9"
            fill="none"
            stroke="#fff"
            strokeWidth="3"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
          {isOpen && (
            <text
              x="36"
              y="21"
              fill="#fff"
              fontSize="20"
              fontWeight="600"
              fontFamily="Helvetica, Arial, sans-serif"
            >
              Fettle
            </text>
          )}
        </svg>
      </Link>
    </div>
  );
};
