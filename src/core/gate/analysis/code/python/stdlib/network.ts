import { say } from '../../../../../say';
import { clean, mixTaints, type Taint, unknownPiece } from '../../../shell/field';
import { allArguments, argument, type Call, taintOfCall } from '../call';
import type { Reading } from '../reading';
import { release } from '../release';
import { calculates, each, effect, pure, type Rule, type Rules } from '../rule';
import { alternatives, constantText, known, nothing, object, piecesOf, taintOfValue, text, type Value } from '../value';

const fetched: Taint = { secret: false, network: true };

const answer = (of: string): Value => object(`${of}()`, fetched, 'any');

/** Arguments that steer how an answer is taken, and send nothing. */
const local = new Set([
  'timeout',
  'stream',
  'verify',
  'allow_redirects',
  'follow_redirects',
  'context',
  'cafile',
  'capath',
  'cadefault',
]);

function carriedBy(call: Call, address: Value | undefined): Taint {
  return mixTaints(
    ...allArguments(call)
      .filter((value) => value !== address)
      .map((value) => taintOfValue(value)),
  );
}

/** A request to the address in one argument. */
function request(place: number, name: string, how: 'get' | 'send'): Rule {
  return effect((call, reading, callee) => {
    const address = argument(call, place, name) ?? object('an address');
    for (const value of call.args) if (value !== address) release(reading, value, call);
    const sends =
      [...call.named.keys()].some((key) =>
        /^(?:data|json|files|content|body|auth|cookies|headers|params|proxies|cert)$/.test(key),
      ) ||
      call.args.length > place + 1 ||
      call.more !== undefined;
    const plain =
      [...call.named.keys()].every((key) => key === name || local.has(key) || /^(?:headers|params)$/.test(key)) &&
      call.args.length <= place + 2 &&
      !call.more;
    reading.connect(
      urlOf(address),
      how === 'get' && (!sends || plain) ? 'get' : 'send',
      carriedBy(call, address),
      call,
    );
    return answer(callee);
  });
}

/** `Request(url)` objects carry their address. */
function urlOf(value: Value): Value {
  return value.kind === 'list' ? (value.items[0] ?? object('an address')) : value;
}

const byMethod: Rule = effect((call, reading, callee) => {
  const address = argument(call, 1, 'url') ?? object('an address');
  const method = constantText(argument(call, 0, 'method'));
  const plain =
    method !== undefined &&
    /^(?:get|head)$/i.test(method) &&
    ![...call.named.keys()].some((key) => /^(?:data|json|files|content|body)$/.test(key));
  reading.connect(address, plain ? 'get' : 'send', carriedBy(call, address), call);
  return answer(callee);
});

/** A client of a service: making it is talking to it. */
function client(place: number, name: string): Rule {
  return effect((call, reading, callee) => {
    const address = argument(call, place, name);
    reading.connect(address ?? object(`the address of ${callee}`), 'send', taintOfCall(call), call);
    return answer(callee);
  });
}

function clientRules(module: string): Record<string, Rule> {
  return {
    ...each(module, 'get head', request(0, 'url', 'get')),
    ...each(module, 'post put patch delete options', request(0, 'url', 'send')),
    ...each(module, 'request stream', byMethod),
  };
}

const toAddress: Rule = effect((call, reading) => {
  const address = argument(call, 0, 'address') ?? argument(call, 0, 'host') ?? object('an address');
  const host = address.kind === 'list' ? (address.items[0] ?? object('an address')) : address;
  reading.connect(host, 'send', taintOfCall(call), call);
  if (reading.redirected && reading.socket) reading.checkReverseShell();
  return answer('connect');
});

const listens: Rule = effect((call, reading) => {
  const address = argument(call, 0, 'address') ?? argument(call, 0, 'host');
  const host = address?.kind === 'list' ? address.items[0] : address?.kind === 'text' ? address : undefined;
  reading.sink.listen(piecesOf(host ?? object('every address')), reading.at(call));
  return known('socket.socket()');
});

function socket(call: Call, reading: Reading): Value {
  reading.socket = call;
  reading.checkReverseShell();
  return known('socket.socket()');
}

/** A name that is looked up goes to the servers of whoever owns its end. */
const lookup: Rule = effect((call, reading, name) => {
  const host = argument(call, 0, 'host') ?? object('a host');
  const whole = constantText(host);
  if (whole === 'localhost' || whole === '' || whole === '127.0.0.1') return object(`${name}()`);
  for (const one of alternatives(host)) reading.connect(text(piecesOf(one)), 'send', taintOfValue(one), call);
  return answer(name);
});

const saves: Rule = effect((call, reading) => {
  const address = argument(call, 0, 'url') ?? object('an address');
  reading.connect(address, 'get', clean, call);
  const target = argument(call, 1, 'filename');
  if (target) reading.write(target, 'replace', [unknownPiece('what is downloaded', 'any', fetched)], call);
  return answer('urlretrieve');
});

const services = `boto3.client boto3.resource boto3.Session boto3.session.Session botocore.session.get_session pymongo.MongoClient redis.Redis
redis.StrictRedis redis.from_url psycopg2.connect psycopg.connect mysql.connector.connect MySQLdb.connect pymysql.connect asyncpg.connect
elasticsearch.Elasticsearch kafka.KafkaProducer kafka.KafkaConsumer pika.BlockingConnection docker.from_env docker.DockerClient docker.APIClient
kubernetes.config.load_kube_config kubernetes.client.ApiClient kubernetes.config.load_incluster_config paramiko.SSHClient paramiko.Transport
fabric.Connection twilio.rest.Client slack_sdk.WebClient slack.WebClient openai.OpenAI openai.ChatCompletion.create anthropic.Anthropic
discord.Client telegram.Bot telebot.TeleBot scapy.all.send scapy.all.sr scapy.all.sr1 nmap.PortScanner impacket.smbconnection.SMBConnection
pwn.remote websocket.create_connection websocket.WebSocketApp websockets.connect websockets.serve aiohttp.ClientSession
ftplib.FTP ftplib.FTP_TLS smtplib.SMTP smtplib.SMTP_SSL smtplib.LMTP poplib.POP3 poplib.POP3_SSL imaplib.IMAP4 imaplib.IMAP4_SSL nntplib.NNTP
telnetlib.Telnet xmlrpc.client.ServerProxy http.client.HTTPConnection http.client.HTTPSConnection asyncio.open_connection
asyncio.open_unix_connection multiprocessing.connection.Client selenium.webdriver.Chrome selenium.webdriver.Firefox selenium.webdriver.Remote
playwright.sync_api.sync_playwright playwright.async_api.async_playwright mechanize.Browser google.cloud.storage.Client pysftp.Connection
hvac.Client consul.Consul etcd3.client git.Repo git.Git git.Repo.clone_from duckdb.sql duckdb.query duckdb.execute duckdb.connect
huggingface_hub.upload_folder huggingface_hub.upload_file crontab.CronTab kubernetes.client.CoreV1Api kubernetes.client.AppsV1Api huggingface_hub.snapshot_download huggingface_hub.hf_hub_download
huggingface_hub.HfApi wget.download gdown.download pyperclip.paste pyperclip.copy ldap3.Connection dns.resolver.resolve dns.resolver.query
requests_html.HTMLSession cloudscraper.create_scraper wandb.init mlflow.set_tracking_uri sentry_sdk.init zmq.Context stripe.Charge.create
tweepy.Client praw.Reddit github.Github gitlab.Gitlab jira.JIRA azure.storage.blob.BlobServiceClient ray.init dask.distributed.Client
asyncssh.connect netmiko.ConnectHandler socketio.Client grpc.insecure_channel grpc.secure_channel`;

const servers = `http.server.HTTPServer http.server.ThreadingHTTPServer http.server.test socketserver.TCPServer socketserver.UDPServer
socketserver.ThreadingTCPServer socketserver.ThreadingUDPServer socketserver.UnixStreamServer xmlrpc.server.SimpleXMLRPCServer
wsgiref.simple_server.make_server uvicorn.run uvicorn.Server waitress.serve hypercorn.run gunicorn.run asyncio.start_server
asyncio.start_unix_server multiprocessing.connection.Listener multiprocessing.managers.BaseManager flask.Flask().run aiohttp.web.run_app
gevent.pywsgi.WSGIServer tornado.web.Application().listen tornado.httpserver.HTTPServer bottle.run socket.create_server cherrypy.quickstart
gradio.Interface().launch gradio.Blocks().launch werkzeug.serving.run_simple sanic.Sanic().run quart.Quart().run smtpd.SMTPServer jupyter_server.serve`;

const list = (names: string): string[] => names.split(/\s+/).filter((name) => name !== '');

export const networkRules: Rules = {
  ...clientRules('requests'),
  ...clientRules('requests.Session()'),
  ...clientRules('httpx'),
  ...clientRules('httpx.Client()'),
  ...clientRules('requests.api'),
  ...each(
    'requests',
    'Session session',
    pure(() => known('requests.Session()')),
  ),
  ...each(
    'requests.sessions',
    'Session session',
    pure(() => known('requests.Session()')),
  ),
  'requests.Session().send': effect((call, reading) => {
    reading.connect(object('the address of a request'), 'send', taintOfCall(call), call);
    return answer('send');
  }),
  ...each(
    'httpx',
    'Client AsyncClient',
    effect((call, reading) => {
      // A client of an application within the process goes nowhere.
      const base = call.named.get('base_url');
      if (base && !call.named.has('app') && !call.named.has('transport'))
        reading.connect(base, 'send', taintOfCall(call), call);
      return call.named.has('app') || call.named.has('transport') ? object('a client') : known('httpx.Client()');
    }),
  ),
  ...each('requests', 'Request PreparedRequest', calculates),
  ...each(
    'urllib.request',
    'urlopen',
    effect((call, reading) => {
      const address = argument(call, 0, 'url') ?? object('an address');
      const sends = call.args.length > 1 || call.named.has('data') || address.kind === 'list';
      const target = urlOf(address);
      reading.connect(target, sends ? 'send' : 'get', carriedBy(call, target), call);
      return answer('urlopen');
    }),
  ),
  ...each('urllib2', 'urlopen', request(0, 'url', 'send')),
  ...each('urllib', 'urlopen', request(0, 'url', 'send')),
  ...each('urllib', 'urlretrieve', saves),
  ...each('urllib', 'quote unquote urlencode quote_plus unquote_plus urljoin urlparse', calculates),
  'urllib.request.urlretrieve': saves,
  'urllib.request.Request': pure((call, reading) => {
    const [address, ...others] = [argument(call, 0, 'url') ?? object('an address')];
    void others;
    void reading;
    const sends = call.args.length > 1 || call.named.has('data') || call.named.has('method');
    // As a list it remembers that there is more to it than the address.
    return sends ? { kind: 'list', items: [address, object('a body', taintOfCall(call))], rest: undefined } : address;
  }),
  ...each(
    'urllib.request',
    'build_opener OpenerDirector',
    effect((call, reading) => {
      for (const value of call.args) release(reading, value, call);
      return known('urllib.request.build_opener()');
    }),
  ),
  'urllib.request.build_opener().open': request(0, 'url', 'send'),
  ...each(
    'urllib.request',
    'install_opener pathname2url url2pathname quote unquote ProxyHandler HTTPHandler HTTPSHandler HTTPCookieProcessor BaseHandler HTTPRedirectHandler HTTPError URLError parse_http_list getproxies urlparse',
    calculates,
  ),
  ...each(
    'urllib.request',
    'FancyURLopener URLopener',
    effect((call, reading, name) => {
      reading.connect(object('an address'), 'send', taintOfCall(call), call);
      return answer(name);
    }),
  ),
  ...each('socket', 'fromfd fromshare send_fds recv_fds', effect(socket)),
  ...each(
    'http.client',
    'responses HTTPException HTTPResponse HTTPMessage BadStatusLine IncompleteRead OK NOT_FOUND RemoteDisconnected parse_headers',
    calculates,
  ),
  ...each('http', 'HTTPStatus HTTPMethod', calculates),
  ...each('http.server', 'BaseHTTPRequestHandler SimpleHTTPRequestHandler', calculates),
  ...each('socketserver', 'BaseRequestHandler StreamRequestHandler DatagramRequestHandler ThreadingMixIn', calculates),
  ...each('http.cookiejar', 'CookieJar Cookie DefaultCookiePolicy', calculates),
  ...each(
    'urllib3',
    'PoolManager HTTPConnectionPool HTTPSConnectionPool ProxyManager',
    pure(() => known('urllib3.PoolManager()')),
  ),
  ...each('urllib3.PoolManager()', 'request urlopen request_encode_body request_encode_url', byMethod),
  ...each('socket', 'socket socketpair', effect(socket)),
  'socket.socketpair': calculates,
  ...each(
    'socket',
    'create_connection',
    effect((call, reading, name) => {
      reading.socket = call;
      toAddress.call(call, reading, name);
      return known('socket.socket()');
    }),
  ),
  ...each('socket.socket()', 'connect connect_ex', toAddress),
  ...each(
    'socket.socket()',
    'sendto sendmsg',
    effect((call, reading) => {
      const to = call.args.at(-1) ?? object('an address');
      reading.connect(to.kind === 'list' ? (to.items[0] ?? to) : to, 'send', taintOfCall(call), call);
      return object('sent');
    }),
  ),
  ...each(
    'socket.socket()',
    'send sendall sendfile',
    effect((call, reading) => {
      const taint = taintOfCall(call);
      if (taint.secret) reading.connect(object('the other end'), 'send', taint, call);
      return object('sent');
    }),
  ),
  ...each(
    'socket.socket()',
    'recv recvfrom recv_into makefile',
    pure(() => answer('recv')),
  ),
  ...each('socket.socket()', 'bind', listens),
  ...each(
    'socket.socket()',
    'accept',
    pure(() => ({ kind: 'list', items: [known('socket.socket()'), object('an address')], rest: undefined })),
  ),
  ...each(
    'socket.socket()',
    'close settimeout setsockopt listen shutdown getsockname getpeername setblocking getsockopt fileno',
    calculates,
  ),
  ...each('socket', 'gethostbyname gethostbyname_ex getaddrinfo gethostbyaddr getfqdn', lookup),
  ...each(
    'socket',
    'gethostname getdefaulttimeout setdefaulttimeout inet_aton inet_ntoa inet_pton inet_ntop htons htonl ntohs ntohl has_ipv6 has_dualstack_ipv6 timeout error gaierror herror if_nameindex getservbyname',
    calculates,
  ),
  ...each(
    'ssl',
    'create_default_context SSLContext SSLError SSLCertVerificationError match_hostname CertificateError',
    pure(() => known('ssl.SSLContext()')),
  ),
  ...each(
    'ssl.SSLContext()',
    'wrap_socket',
    effect((_call, _reading) => known('socket.socket()')),
  ),
  ...each(
    'ssl',
    'wrap_socket',
    effect(() => known('socket.socket()')),
  ),
  ...each('webbrowser', 'open open_new open_new_tab', request(0, 'url', 'send')),
  ...Object.fromEntries(list(services).map((name) => [name, client(0, 'host')])),
  ...Object.fromEntries(list(servers).map((name) => [name, listens])),
  ...each(
    'flask',
    'Flask',
    pure(() => known('flask.Flask()')),
  ),
  ...each(
    'sqlalchemy',
    'create_engine',
    effect((call, reading, name) => {
      const [address] = call.args;
      const whole = constantText(address);
      const file = whole === undefined ? undefined : /^sqlite(?:\+\w+)?:\/\/\/?(.*)$/.exec(whole)?.[1];
      if (file === undefined) reading.connect(address ?? object('an address'), 'send', taintOfCall(call), call);
      else if (file !== '' && !file.startsWith(':memory:')) reading.hand([{ type: 'text', text: file }], call);
      return object(`${name}()`);
    }),
  ),
  'sqlalchemy.ext.asyncio.create_async_engine': effect((call, reading) => {
    const whole = constantText(call.args[0]);
    if (whole === undefined || !/^sqlite/.test(whole))
      reading.connect(call.args[0] ?? object('an address'), 'send', taintOfCall(call), call);
    return object('an engine');
  }),
  ...each(
    'keyring',
    'get_password set_password delete_password get_credential',
    effect((call, reading) => {
      reading.sink.doubt('secrets.read', say('the code asks for stored passwords'), reading.at(call));
      return object('a password', { secret: true, network: false });
    }),
  ),
};

export const networkValues: Readonly<Record<string, () => Value>> = {
  ...Object.fromEntries(
    'AF_INET AF_INET6 AF_UNIX SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_REUSEADDR SO_REUSEPORT IPPROTO_TCP TCP_NODELAY SHUT_RDWR SHUT_WR SHUT_RD SO_KEEPALIVE AddressFamily SocketKind AI_PASSIVE IPPROTO_IP IPPROTO_UDP'
      .split(' ')
      .map((name) => [`socket.${name}`, () => nothing]),
  ),
  ...Object.fromEntries(
    'CERT_NONE CERT_REQUIRED PROTOCOL_TLS PROTOCOL_TLS_CLIENT OPENSSL_VERSION OPENSSL_VERSION_INFO TLSVersion VERIFY_X509_STRICT Purpose'
      .split(' ')
      .map((name) => [`ssl.${name}`, () => nothing]),
  ),
  'ssl._create_unverified_context': () => nothing,
  'ssl._create_default_https_context': () => nothing,
};
