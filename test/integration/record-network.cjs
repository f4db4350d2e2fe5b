/** Loaded into every thread of a host (`--require`): writes down whom it wants to reach, before it does. */
const { appendFileSync } = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');
const dgram = require('node:dgram');

const note = (kind, value) => appendFileSync(process.env.HOMEPORT_TEST_RECORD, `${kind} ${value}\n`);

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  const wanted =
    typeof first === 'object'
      ? first
      : Number.isInteger(first)
        ? { port: first, host: args[1] }
        : { path: first };
  // A path is a socket of this computer.
  if (wanted.path === undefined || wanted.path === null)
    note('connect', `${wanted.host ?? 'localhost'}:${wanted.port}`);
  return connect.apply(this, args);
};
for (const from of [dns, dns.promises]) {
  for (const name of Object.keys(from).filter((key) => /^(lookup|resolve)/.test(key))) {
    const ask = from[name];
    from[name] = function (host, ...rest) {
      note('name', host);
      return ask.call(this, host, ...rest);
    };
  }
}
const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = function (...args) {
  note('datagram', args.slice(1).join(' '));
  return send.apply(this, args);
};
note('loaded', 'here');
