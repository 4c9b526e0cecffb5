// The same stream behind Node's own HTTP server: node bare.js PORT
const http = require('http');
const { write } = require('./stream.js');

http
  .createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      response.setHeader('Content-Type', 'application/octet-stream');
      write(response, JSON.parse(Buffer.concat(parts)));
    });
  })
  .listen(Number(process.argv[2]), '127.0.0.1');
