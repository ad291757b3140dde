import { mixTaints, type Taint } from '../../../shell/field';
import { allArguments, argument, argumentOr, type Call, callOf } from '../call';
import { callFunction } from '../functions';
import { giveAway } from '../giveAway';
import { addTexts } from '../operators';
import { type Reading, taintOfAll } from '../reading';
import { taintOfValue } from '../taint';
import { alternatives, constant, constantText, constantTexts, known, object, piecesOf, type Value } from '../value';
import { checkReverseShell } from './processes';
import { each, effect, pure, type Rule, type Rules } from './rule';

const loopback = /^(?:(?:https?|wss?):)?\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/?#]|$)/i;
/** An address within the page or server that the code belongs to. */
const relative = /^(?:\/(?!\/)|\.{1,2}\/|\?|#|data:|blob:|[\w-]+\/)|^[\w./-]+$/;

/** Headers that say who asks: a token there is used for what it is made for. */
const credentialHeader =
  /^(?:authorization|x-api-key|api-?key|private-token|x-[\w-]*token|x-auth[\w-]*|auth|username|password|token)$/i;

/** What a request carries. */
export function carriedBy(values: readonly Value[], depth = 0): Taint {
  let taint: Taint = { secret: false, network: false };
  for (const value of values) {
    if (value.kind === 'dict' && depth < 4) {
      for (const [name, entry] of value.entries)
        if (!credentialHeader.test(name)) taint = mixTaints(taint, carriedBy([entry], depth + 1));
      if (value.rest) taint = mixTaints(taint, taintOfValue(value.rest));
    } else taint = mixTaints(taint, taintOfValue(value));
  }
  return taint;
}

/** Talks to an address; what comes back was fetched. */
export function request(reading: Reading, to: Value, method: 'get' | 'send', carried: Taint, call: Call): Value {
  let fetched = false;
  for (const one of alternatives(to)) {
    const [first] = piecesOf(one);
    if (first?.type === 'text' && !/^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(first.text) && relative.test(first.text))
      continue;
    reading.connect(one, method, carried, call);
    if (first?.type !== 'text' || !loopback.test(first.text)) fetched = true;
  }
  return object('a response', { secret: false, network: fetched });
}

function answers(reading: Reading, call: Call, response: Value): Value {
  for (const value of call.args)
    if (value.kind === 'function') {
      value.escaped = true;
      callFunction(reading, value, callOf(call, [response, response, response]));
    } else if (value.kind === 'known' || value.kind === 'bound') giveAway(reading, value, call);
  return response;
}

/** `fetch(url, { method, body })` and its like. */
export const fetches: Rule = effect((call, reading, name) => {
  const first = argumentOr(call, 0);
  const options = call.args.find((value, index) => value.kind === 'dict' && (index > 0 || first.kind === 'dict'));
  const entry = (key: string): Value | undefined => (options?.kind === 'dict' ? options.entries.get(key) : undefined);
  const base = entry('baseURL') ?? entry('prefixUrl');
  let to = first.kind === 'dict' ? (entry('url') ?? entry('uri') ?? base ?? object('an address')) : first;
  if (base && to !== base) to = addTexts(base, addTexts(constant('/'), to));
  const methods = constantTexts(
    entry('method') ??
      entry('type') ??
      constant(/\.(?:post|put|patch|delete|del|send|postForm|putForm|patchForm)$/.test(name) ? 'POST' : 'GET'),
  );
  const gets = methods?.every((one) => /^(?:get|head|options)$/i.test(one)) === true;
  const data = /\.(?:post|put|patch|postForm|putForm|patchForm)$/.test(name) && call.args.length > 1;
  const body =
    data || ['body', 'data', 'json', 'form', 'formData', 'multipart'].some((key) => entry(key) !== undefined);
  const carried = carriedBy(call.args.slice(first.kind === 'dict' ? 0 : 1));
  const response = request(reading, to, gets && !body ? 'get' : 'send', carried, call);
  return answers(reading, call, response);
});

/** `http.request(options, callback)`: what is sent along comes later. */
const requests: Rule = effect((call, reading, name) => {
  const first = argumentOr(call, 0);
  const scheme = name.startsWith('https') ? 'https://' : 'http://';
  const options = first.kind === 'dict' ? first : call.args.find(({ kind }) => kind === 'dict');
  let to: Value = first;
  if (first.kind === 'dict') {
    const host =
      first.entries.get('hostname') ??
      first.entries.get('host') ??
      (first.rest ? object('a host') : constant('localhost'));
    const port = first.entries.get('port');
    to = addTexts(constant(scheme), host);
    if (port) to = addTexts(addTexts(to, constant(':')), port);
    to = addTexts(to, first.entries.get('path') ?? constant('/'));
  }
  const method = options?.kind === 'dict' ? constantText(options.entries.get('method')) : undefined;
  const gets = name.endsWith('.get') || (method !== undefined && /^(?:get|head)$/i.test(method));
  const response = answers(reading, call, request(reading, to, gets ? 'get' : 'send', carriedBy(call.args), call));
  return object('a request', taintOfValue(response));
});

function hostOf(call: Call): Value {
  const [first, second] = call.args;
  if (first?.kind === 'dict') {
    const host = first.entries.get('host') ?? first.entries.get('hostname') ?? object('a host');
    const port = first.entries.get('port');
    return port ? addTexts(addTexts(host, constant(':')), port) : host;
  }
  if (first && (first.kind === 'number' || (first.kind === 'object' && first.as === 'integer'))) {
    const host = second?.kind === 'text' ? second : constant('localhost');
    return addTexts(addTexts(host, constant(':')), first);
  }
  if (second?.kind === 'text') return first ? addTexts(addTexts(second, constant(':')), first) : second;
  return first ?? object('a host');
}

/** A connection that can carry anything both ways. */
const connects: Rule = effect((call, reading, name) => {
  const fetched = { secret: false, network: true };
  if (name !== 'net.Socket') reading.connect(hostOf(call), 'send', carriedBy(call.args), call);
  if (/^(?:net|tls)\./.test(name)) {
    reading.socket ??= { start: call.start, end: call.end };
    checkReverseShell(reading);
  }
  answers(reading, call, object('a connection', fetched));
  return name === 'net.Socket' ? known('net.Socket()') : object('a connection', fetched);
});

const serves: Rule = pure((call, reading) => {
  for (const value of allArguments(call)) giveAway(reading, value, call);
  return object('a server');
});

/** Something of a library that talks to other machines, wherever it has the address from. */
export const reaches: Rule = effect((call, reading, name) => {
  const first = argument(call, 0);
  const options = first?.kind === 'dict' ? first : undefined;
  let to: Value | undefined;
  for (const key of [
    'url',
    'uri',
    'host',
    'hostname',
    'connectionString',
    'node',
    'endpoint',
    'brokers',
    'baseURL',
    'dialect',
  ])
    to ??= options?.entries.get(key);
  if (!to && first?.kind === 'text') to = first;
  reading.connect(to ?? object(`what ${name} connects to`), 'send', carriedBy(call.args), call);
  for (const value of allArguments(call)) giveAway(reading, value, call);
  return object(`${name}()`, { secret: false, network: true });
});

export const network: Rules = {
  ...each(
    '',
    'fetch global.fetch navigator.sendBeacon EventSource.call WebSocket.call Deno.connect Deno.connectTls',
    fetches,
  ),
  ...each('http', 'request get', requests),
  ...each('https', 'request get', requests),
  'http2.connect': connects,
  ...each('net', 'connect createConnection Socket Stream', connects),
  ...each('tls', 'connect TLSSocket', connects),
  'net.Socket().connect': connects,
  ...each('dgram', 'createSocket Socket', connects),
  ...each('http', 'createServer Server', serves),
  ...each('https', 'createServer Server', serves),
  ...each('http2', 'createServer createSecureServer', serves),
  ...each('net', 'createServer Server', serves),
  ...each('tls', 'createServer Server', serves),
  ...each(
    'dns',
    'lookup resolve resolve4 resolve6 resolveAny resolveTxt resolveMx resolveNs resolveCname resolveSrv reverse lookupService',
    effect((call, reading) => {
      reading.connect(argumentOr(call, 0), 'get', taintOfAll(call.args), call);
      return answers(reading, call, object('an address'));
    }),
  ),
  ...each('Bun', 'connect udpSocket', connects),
  'Bun.serve': effect((call, reading) => {
    for (const value of call.args) giveAway(reading, value, call);
    const host = call.args[0]?.kind === 'dict' ? call.args[0].entries.get('hostname') : undefined;
    reading.listen(host ?? object('every address'), call);
    return object('a server');
  }),
  'Deno.serve': effect((call, reading) => {
    for (const value of call.args) giveAway(reading, value, call);
    reading.listen(object('every address'), call);
    return object('a server');
  }),
};
