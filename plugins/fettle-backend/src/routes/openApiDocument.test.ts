import { openApiDocument } from './openApiDocument';
import { routes } from './routes';

describe('openApiDocument', () => {
  const document = openApiDocument(routes) as any;

  it('describes every route, with its parameters', () => {
    const described = Object.entries<any>(document.paths).flatMap(
      ([path, methods]) =>
        Object.keys(methods).map(method => `${method} ${path}`),
    );
    expect(described).toEqual(
      routes.map(r => `${r.method} ${r.path.replace(/:(\w+)/g, '{$1}')}`),
    );
    const list = document.paths['/repositories'].get;
    expect(list.parameters.map((p: any) => p.name)).toEqual(
      expect.arrayContaining(['owner', 'state', 'sort', 'limit', 'cursor']),
    );
    expect(document.paths['/repositories/{id}'].get.parameters[0]).toEqual({
      name: 'id',
      in: 'path',
      required: true,
      schema: { type: 'string' },
    });
  });

  it('gives each operation its own id', () => {
    expect(new Set(routes.map(r => r.id)).size).toBe(routes.length);
  });

  it('is plain JSON with only references that it holds', () => {
    const text = JSON.stringify(document);
    expect(JSON.parse(text)).toEqual(document);
    expect([...new Set(text.match(/#\/components[^"]*/g))]).toEqual([
      '#/components/schemas/Error',
    ]);
  });
});
