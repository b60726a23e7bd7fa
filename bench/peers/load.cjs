/** One measurement: sends the same POST over and over on some connections, and prints what came back as JSON. */
const autocannon = require('autocannon');

const { url, headers, body, connections, seconds } = JSON.parse(process.argv[2]);

autocannon({ url, method: 'POST', headers, body, connections, duration: seconds }).then(({ requests, latency, non2xx, errors }) => {
  console.log(JSON.stringify({ requests: requests.total, requestsPerSecond: requests.total / seconds, p50Ms: latency.p50, p99Ms: latency.p99, failures: non2xx + errors }));
});
