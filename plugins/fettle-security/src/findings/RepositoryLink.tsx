import { Link } from '@backstage/core-components';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';

/** A repository by its name; it leads to the Security tab of its entity, where the reader may see one. */
export function RepositoryLink(props: {
  name: string;
  entityRef: string | null;
}) {
  const { name, entityRef } = props;
  const link = useEntityRefLink();
  if (entityRef === null) return <span>{name}</span>;
  return <Link to={`${link(entityRef)}/security`}>{name}</Link>;
}
