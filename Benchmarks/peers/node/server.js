// The workloads on Node's http module and JSON, as a Node programmer would write them.
const http = require("http");

const sigmoid = (x) => {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
};

function softmaxJacobian(x) {
  const largest = x.reduce((a, b) => Math.max(a, b), -Infinity);
  const e = x.map((v) => Math.exp(v - largest));
  const sum = e.reduce((a, b) => a + b, 0);
  const s = e.map((v) => v / sum);
  return s.map((a, i) => s.map((b, j) => (i === j ? a * (1 - a) : -a * b)));
}

http
  .createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const { input } = JSON.parse(Buffer.concat(parts));
      const output = request.url.endsWith("jacobian")
        ? softmaxJacobian(input)
        : Array.isArray(input) ? input.map(sigmoid) : sigmoid(input);
      const body = JSON.stringify({ output });
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
      response.end(body);
    });
  })
  .listen(Number(process.argv[2]), "127.0.0.1");
