import { type Said, say } from '../core/say';

export interface CredentialSources {
  /** The key in the editor's secret storage. */
  readonly stored: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The base URL of the user's settings; undefined or empty when it is not set. */
  readonly settingBaseUrl: string | undefined;
  /** Header name to value, of the user's settings. */
  readonly customHeaders: Readonly<Record<string, string>>;
}

/** Who to be and where to go; fits the options of `createAnthropicModel`. */
export type Credentials =
  | {
      readonly ok: true;
      readonly kind: 'stored' | 'environment';
      readonly apiKey?: string;
      readonly authToken?: string;
      /** Absent: the Anthropic API. */
      readonly baseURL?: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** `said` tells the person what to set or to correct. */
  | { readonly ok: false; readonly said: Said };

/**
 * Picks one source and takes everything from it. A stored key goes with the settings' base URL and headers and with nothing of
 * the environment; without one the environment's key, base URL and headers go together, and nothing of the settings. Mixed,
 * whoever can set one half could send the other half's key to a server of their own.
 */
export function resolveCredentials(sources: CredentialSources): Credentials {
  const stored = sources.stored?.trim();
  return stored ? fromStored(stored, sources) : fromEnvironment(sources.env);
}

function fromStored(apiKey: string, { settingBaseUrl, customHeaders }: CredentialSources): Credentials {
  if (!headerValue.test(apiKey))
    return refuse(say('The stored API key has characters in it that no key has. Set it again.'));
  const said =
    badBaseUrl(settingBaseUrl, 'claudeCode.api.baseUrl') ?? badHeaders(customHeaders, 'claudeCode.api.customHeaders');
  if (said) return refuse(said);
  return { ok: true, kind: 'stored', apiKey, ...baseUrl(settingBaseUrl), headers: { ...customHeaders } };
}

function fromEnvironment(env: CredentialSources['env']): Credentials {
  const apiKey = env['ANTHROPIC_API_KEY']?.trim();
  const authToken = env['ANTHROPIC_AUTH_TOKEN']?.trim();
  const secret = apiKey || authToken;
  if (!secret)
    return refuse(
      say('No API key is set. Run the command “Set API Key”, or set ANTHROPIC_API_KEY and start the editor again.'),
    );
  const variable = apiKey ? 'ANTHROPIC_API_KEY' : 'ANTHROPIC_AUTH_TOKEN';
  if (!headerValue.test(secret))
    return refuse(say('{0} has characters in it that no key has. Set it again.', variable));
  const headers = parseHeaderLines(env['ANTHROPIC_CUSTOM_HEADERS'] ?? '');
  if (!headers)
    return refuse(
      say('ANTHROPIC_CUSTOM_HEADERS has a line that is not “Name: value”. Correct it and start the editor again.'),
    );
  const url = env['ANTHROPIC_BASE_URL'];
  const said = badBaseUrl(url, 'ANTHROPIC_BASE_URL') ?? badHeaders(headers, 'ANTHROPIC_CUSTOM_HEADERS');
  if (said) return refuse(said);
  // The key wins over the token, as it does in the SDK.
  return { ok: true, kind: 'environment', ...(apiKey ? { apiKey } : { authToken: secret }), ...baseUrl(url), headers };
}

const refuse = (said: Said): Credentials => ({ ok: false, said });

/** What a header can carry: visible ASCII and spaces (RFC 9110, section 5.5). Also keeps line breaks out. */
const headerValue = /^[\x20-\x7e]*$/;
/** A token (RFC 9110, section 5.6.2). */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Ours to set: they carry the key, or frame the request. */
const ownHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'x-api-key',
  'proxy-authorization',
  'cookie',
  'host',
  'content-length',
  'content-type',
  'connection',
  'transfer-encoding',
]);

/** Lines `Name: value`; empty lines are passed over. Undefined when a line has no colon. */
function parseHeaderLines(text: string): Record<string, string> | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (!lines.every((line) => line.indexOf(':') > 0)) return undefined;
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

/** @param source name of the setting or variable. The value is not repeated in the text, because a header may carry a secret. */
function badHeaders(headers: Readonly<Record<string, string>>, source: string): Said | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name))
      return say('“{0}” in {1} is not the name of a header. Correct or remove it.', name, source);
    if (ownHeaders.has(name.toLowerCase()))
      return say('{1} may not set the header “{0}”: the key is stored separately. Remove it.', name, source);
    if (typeof value !== 'string' || !headerValue.test(value))
      return say('The value of “{0}” in {1} has characters that a header cannot carry. Correct it.', name, source);
  }
  return undefined;
}

function badBaseUrl(text: string | undefined, source: string): Said | undefined {
  const trimmed = text?.trim();
  if (!trimmed) return undefined;
  const url = parseUrl(trimmed);
  if (!url) return say('{0} is not a URL. It must look like https://example.com.', source);
  if (url.username || url.password) return say('{0} must not contain a user name or password. Remove them.', source);
  if (url.search || url.hash)
    return say('{0} must not have a query or a fragment. Remove what follows the path.', source);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return undefined;
  return say('{0} must begin with https://, because the key is sent to it. http:// is for this machine only.', source);
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** The URL parser has already brought every spelling of an IPv4 address to four decimal numbers. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

function baseUrl(text: string | undefined): { readonly baseURL?: string } {
  const trimmed = text?.trim().replace(/\/+$/, '');
  return trimmed ? { baseURL: trimmed } : {};
}
