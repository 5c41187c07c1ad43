import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { fetchText, SourceGone, SourceUnreachable } from '../../facts/fetch';

let server: Server;
let address: string;

beforeAll(done => {
  server = createServer((request, response) => {
    const status = Number(request.url!.slice(1));
    response.writeHead(status).end(status === 200 ? 'text' : '');
  }).listen(0, '127.0.0.1', () => {
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    done();
  });
});
afterAll(done => { server.close(done); });

test('gives the text', async () => {
  expect(await fetchText(`${address}/200`)).toBe('text');
});

test.each([404, 410])('HTTP %s: the source has gone', async status => {
  await expect(fetchText(`${address}/${status}`)).rejects.toThrow(SourceGone);
});

test.each([403, 429, 500, 503])('HTTP %s: the source could not be asked', async status => {
  await expect(fetchText(`${address}/${status}`)).rejects.toThrow(SourceUnreachable);
});

test('no connection: the source could not be asked', async () => {
  await expect(fetchText('http://127.0.0.1:1/')).rejects.toThrow(SourceUnreachable);
});
