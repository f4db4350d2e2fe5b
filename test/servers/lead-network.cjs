/**
 * Loaded into every thread of a host (`--require`): leads chosen names of the web to servers on loopback, answers the name
 * system from a table, and writes down whom the host wants to reach. HOMEPORT_TEST_NETWORK names a JSON file:
 * `{ record, lead: { 'host:port': port }, srv: { name: [record] }, mx: { domain: [record] } }`. Other names lead nowhere.
 */
const { appendFileSync, readFileSync } = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');

const plan = JSON.parse(readFileSync(process.env.HOMEPORT_TEST_NETWORK, 'utf8'));
const note = (line) => appendFileSync(plan.record, `${line}\n`);
const isHere = (host) => host === undefined || host === 'localhost' || /^(127\.|::1$)/.test(host);

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first !== 'object' || first === null || first.port === undefined || first.path)
    return connect.apply(this, args);
  const place = `${first.host ?? 'localhost'}:${first.port}`;
  note(`connect ${place}`);
  const port = plan.lead[place];
  if (port === undefined && isHere(first.host)) return connect.apply(this, args);
  first.host = '127.0.0.1';
  // Port 9 (discard) is where nobody answers.
  first.port = port ?? 9;
  return connect.apply(this, args);
};

const missing = () => Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
for (const [kind, table] of [
  ['resolveSrv', plan.srv],
  ['resolveMx', plan.mx],
]) {
  dns.promises.Resolver.prototype[kind] = async (name) => {
    note(`${kind} ${name}`);
    if (table[name] === undefined) throw missing();
    return table[name];
  };
}
