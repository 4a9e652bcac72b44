import { Link } from '@backstage/core-components';
import { useFettlePaths } from './fettleRoutes';

/**
 * A repository by its name; it leads to its page.
 *
 * @public
 */
export function RepositoryName(props: { id: string; name: string }) {
  const path = useFettlePaths().repository(props.id);
  return path ? <Link to={path}>{props.name}</Link> : <>{props.name}</>;
}
