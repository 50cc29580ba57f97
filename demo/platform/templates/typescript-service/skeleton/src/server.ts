import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? ${{ values.port }});

createServer((request, response) => {
  if (request.url === '/health') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ service: ${{ values.name | dump }}, afloat: true }));
    return;
  }
  response.writeHead(404).end();
}).listen(port, () => console.log(`${{ values.name }} listens on ${port}`));
