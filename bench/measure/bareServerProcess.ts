import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = createServer((request, response) => {
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end('{"accepted":true}');
  });
  request.resume();
});
const sockets = new WebSocketServer({ server });
sockets.on('connection', socket => {
  socket.on('message', message => socket.send(message.toString()));
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
// Does not outlive the bench.
process.once('disconnect', () => process.exit());
