import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor } from '@testing-library/react';
import { FakeFettleApi } from '../testing/FakeFettleApi';
import { pipeline, repositoryPipelines } from '../testing/fixtures';
import { renderCard } from '../testing/renderPage';

describe('the Pipelines card', () => {
  let api: FakeFettleApi;
  beforeEach(() => {
    api = new FakeFettleApi();
  });

  it('says how the default branch stands, with the last runs, and leads to the tab', async () => {
    renderCard(api);
    expect(await screen.findByText('passing')).toBeInTheDocument();
    expect(
      screen.getByRole('img', {
        name: 'Last 3 runs by duration: 2 passed, 1 failed',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open Pipelines' }),
    ).toHaveAttribute('href', expect.stringMatching(/\/pipelines$/));
  });

  it('turns red by itself', async () => {
    const { hints } = renderCard(api);
    await screen.findByText('passing');
    await waitFor(() => expect(hints.hears('pipelines:r1')).toBe(true));
    api.pipelines = repositoryPipelines({
      green: false,
      pipelines: [pipeline({ green: false })],
    });
    api.revision = 8;
    await hints.send('pipelines:r1', 8);
    expect(await screen.findByText('failing')).toBeInTheDocument();
  });

  it('says that nothing is known where no run finished', async () => {
    api.pipelines = repositoryPipelines({
      green: null,
      greenSince: null,
      pipelines: [],
    });
    renderCard(api);
    expect(await screen.findByText('unknown')).toBeInTheDocument();
    expect(screen.getByText('No run yet.')).toBeInTheDocument();
  });

  it('says which permission is missing', async () => {
    api.failWith = new NotAllowedError('no');
    renderCard(api);
    expect(
      await screen.findByText('fettle.repository.read'),
    ).toBeInTheDocument();
  });
});
