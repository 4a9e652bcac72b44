import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { limitedFetch } from './limitedFetch';

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/moved') {
      response.writeHead(302, { location: '/1000' }).end();
    } else if (request.url === '/nothing') {
      response.writeHead(204).end();
    } else {
      response.writeHead(201, { 'x-of': 'the host' });
      response.end('x'.repeat(Number(request.url!.slice(1))));
    }
  });
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise(done => {
    server.close(done);
  });
});

it('leaves an answer within the limit as it is', async () => {
  const response = await limitedFetch({ maxBytes: 1000 })(`${url}/moved`);
  expect(response.status).toBe(201);
  expect(response.headers.get('x-of')).toBe('the host');
  expect(response.url).toBe(`${url}/1000`);
  expect(await response.text()).toHaveLength(1000);
});

it('takes an answer without a body', async () => {
  const response = await limitedFetch()(`${url}/nothing`);
  expect(response.status).toBe(204);
  expect(await response.text()).toBe('');
});

it('breaks an answer off that grows over the limit', async () => {
  const response = await limitedFetch({ maxBytes: 999 })(`${url}/1000`);
  await expect(response.text()).rejects.toThrow(/over 999 bytes/);
});
