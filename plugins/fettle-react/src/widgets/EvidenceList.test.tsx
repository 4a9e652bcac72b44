import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { EvidenceList } from './EvidenceList';

it('leads to places on the host, in a tab of their own', async () => {
  const url = 'https://h.example.com/a/blob/c/ci.yml#L14';
  renderInTestApp(
    <EvidenceList
      evidence={[
        { message: 'Not pinned.', path: 'ci.yml', line: 14, url },
        { message: 'No page.', path: 'a.yml' },
        { message: 'A trap.', path: 'b.yml', url: 'javascript:alert(1)' }, // eslint-disable-line no-script-url
      ]}
      more={2}
    />,
  );
  const link = await screen.findByRole('link');
  expect(link).toHaveTextContent('ci.yml:14');
  expect(link).toHaveAttribute('href', url);
  expect(link).toHaveAttribute('target', '_blank');
  expect(link).toHaveAttribute('rel', 'noopener');
  expect(screen.getByText('a.yml')).toBeInTheDocument();
  expect(screen.getByText('b.yml')).toBeInTheDocument();
  expect(screen.getByText('and 2 more places')).toBeInTheDocument();
});
