import type { Facts, Place } from './analysis/facts';
import { folded, isWithin } from './paths';

/**
 * How secret what a path holds is. `store`: credentials of the person or the machine, which no task needs to be read out;
 * `project`: a secret of the project, which a task may need; `personal`: settings in the home folder that often hold one;
 * `machine`: accounts, security settings and logs of the machine, which hardly a task of a project needs.
 */
export type Secrecy = 'store' | 'project' | 'personal' | 'machine';

/** Credential stores, by their place below a home folder. A trailing slash means the folder and all below. */
const homeStores = [
  '.ssh/',
  '.gnupg/',
  '.aws/',
  '.azure/',
  '.config/gcloud/',
  '.config/gh/',
  '.config/glab-cli/',
  '.config/hub',
  '.config/op/',
  '.config/rclone/',
  '.config/sops/',
  '.config/doctl/',
  '.config/configstore/',
  '.config/google-chrome/',
  '.config/chromium/',
  '.config/BraveSoftware/',
  '.config/microsoft-edge/',
  '.config/1Password/',
  '.config/Bitwarden/',
  '.config/keepassxc/',
  '.mozilla/',
  '.thunderbird/',
  '.kube/',
  '.docker/config.json',
  '.netrc',
  '_netrc',
  '.npmrc',
  '.yarnrc.yml',
  '.pypirc',
  '.gem/credentials',
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.composer/auth.json',
  '.m2/settings.xml',
  '.m2/settings-security.xml',
  '.gradle/gradle.properties',
  '.git-credentials',
  '.config/git/credentials',
  '.pgpass',
  '.my.cnf',
  '.mylogin.cnf',
  '.boto',
  '.s3cfg',
  '.vault-token',
  '.terraform.d/credentials.tfrc.json',
  '.terraformrc',
  '.oci/',
  '.bluemix/',
  '.fly/',
  '.netlify/',
  '.password-store/',
  '.local/share/keyrings/',
  '.local/share/kwalletd/',
  '.electrum/',
  '.bitcoin/',
  '.ethereum/',
  '.claude/.credentials.json',
  '.claude.json',
  '.codex/auth.json',
  '.gemini/oauth_creds.json',
  '.bash_history',
  '.zsh_history',
  '.python_history',
  '.node_repl_history',
  '.psql_history',
  '.mysql_history',
  '.sqlite_history',
  '.lesshst',
  'Library/Keychains/',
  'Library/Application Support/Google/Chrome/',
  'Library/Application Support/Firefox/',
  'Library/Cookies/',
  'AppData/Roaming/Microsoft/Credentials/',
  'AppData/Local/Google/Chrome/User Data/',
];

/** Folders of the home that hold tools and caches, never credentials; everything else with a dot may hold some. */
const harmlessHome =
  /^\.(?:cache|nvm|rustup|pyenv|rbenv|sdkman|volta|asdf|local\/(?:lib|bin|share\/(?:man|doc|fonts|applications))|cargo\/(?:registry|bin|git)|npm\/_cacache|npm\/_logs|vscode(?:-server)?\/extensions|pub-cache|go|bun|deno|fonts|oh-my-zsh)(?:\/|$)/;

const systemStores =
  /^\/(?:etc\/(?:shadow|gshadow|sudoers|krb5\.keytab|ssl\/private|ssh\/ssh_host_[^/]*key|security\/opasswd|kubernetes)|root|var\/run\/secrets|run\/secrets|var\/lib\/(?:kubelet|docker)|private\/etc\/(?:master\.passwd|sudoers)|Library\/Keychains|System\/Library\/Keychains|var\/db\/dslocal)(?:$|[/.\-~])/;

/** Accounts, security settings, logs and kernel data. Names of releases and hosts, certificates and processors are not among them. */
const machineData =
  /^\/(?:private\/)?(?:etc\/(?:passwd|group|subuid|subgid|security|pam|ssh|ssl\/openssl|sudo|login|audit|apt|default|systemd|cron|init|sysctl|fstab|exports|network|NetworkManager|wpa|ppp|ipsec|openvpn|wireguard|krb5|ldap|samba|mysql|postgresql|redis|docker|kubernetes|nginx|apache2|httpd)|var\/(?:lib|log|spool|backups|mail|db)\/|proc\/(?:cmdline|key|keys|key-users|kallsyms|modules|kmsg|net|sys|devices|iomem|config|sched_debug|timer_list|mounts|[0-9]+|self)|sys\/(?:kernel|firmware|class\/net|devices)|usr\/share\/base-passwd)(?:$|[/.\-_a-z])/;

const processSecrets =
  /^\/proc\/[^/]+\/(?:task\/[^/]+\/)?(?:environ|mem|auxv|maps|cmdline)$|^\/proc\/kcore$|^\/dev\/(?:k?mem)$/;

/** File names that hold keys or passwords wherever they are. Examples and public halves are not. */
const secretName =
  /^(?:\.env(?:\..+|rc|~)?|\.dev\.vars(?:\..+)?|\.flaskenv|wp-config\.php|local\.settings\.json|appsettings\.[\w-]+\.json|database\.ya?ml|\.?env\.(?:local|prod|production|staging)|.+\.env|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.pgpass|\.htpasswd|\.dockercfg|\.vault[-_]pass(?:word)?(?:\..*)?|vault[-_]pass(?:word)?(?:\..*)?|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|identity|.+\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg|keytab|ovpn|mobileprovision|p8)|.+\.tfstate(?:\.backup)?|.+\.tfvars(?:\.json)?|credentials(?:\.(?:json|ya?ml|toml|ini|xml|csv|db))?|(?:client[-_])?secrets?(?:\.(?:json|ya?ml|toml|ini|env|txt))?|service[-_]?account.*\.json|.*[-_]credentials?\.json|master\.key|secrets\.ya?ml\.enc|auth\.json|token(?:s)?(?:\.(?:json|txt))?|\.?passwords?(?:\.(?:txt|csv|json))?|kubeconfig|.+\.kubeconfig)$/i;

const harmlessName =
  /(?:^|[.\-_])(?:example|sample|template|dist|defaults?|schema|test|tests|spec|mock|fixture)s?(?:[.\-_]|$)|\.pub(?:\.pem)?$|\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|md|mdx|rst|html?|css|svg|png|lock)$|^package(?:-lock)?\.json$/i;

/** Folders in a project whose files are secrets by habit. */
const secretFolder =
  /(?:^|\/)(?:\.secrets?|secrets|\.private|private[-_]keys?|\.gnupg|\.ssh|\.aws|\.kube|\.docker)\/[^/]/i;

/** @param path absolute and folded, written or real. */
export function secrecyOf(path: string, place: Place, facts: Pick<Facts, 'caseInsensitive'>): Secrecy | undefined {
  if (processSecrets.test(path) || (systemStores.test(path) && !isHarmlessRoot(path, place))) return 'store';
  const home = place.home;
  const workspace = place.workspace.some((folder) => isWithin(path, folder, facts));
  const foreign = /^\/(?:home|Users)\/([^/]+)(?:\/(.*))?$/.exec(path);
  if (isWithin(path, home, facts) || foreign) {
    const below = isWithin(path, home, facts) ? path.slice(home.length + 1) : (foreign?.[2] ?? '');
    // Public halves and the names of hosts are no credentials, but nobody else's business either.
    if (/^\.ssh\/(?:[^/]+\.pub|known_hosts(?:\.old)?|config|authorized_keys)$/.test(below)) return 'personal';
    if (isStore(below, facts)) return 'store';
    if (!workspace && below.startsWith('.') && !harmlessHome.test(below)) return 'personal';
    if (!workspace && !isWithin(path, home, facts) && foreign && !inTrusted(path, place, facts)) return 'personal';
  }
  if (!workspace && machineData.test(path)) return 'machine';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (harmlessName.test(name)) return undefined;
  if (secretName.test(name)) return 'project';
  if (secretFolder.test(path)) return 'project';
  return undefined;
}

/** A home of `/root` is a home like any other: what matters below it is judged as below every home. */
function isHarmlessRoot(path: string, place: Place): boolean {
  return (
    /^\/root(?:\/|$)/.test(path) &&
    (place.home === '/root' || place.workspace.some((folder) => folder.startsWith('/root')))
  );
}

function inTrusted(path: string, place: Place, facts: Pick<Facts, 'caseInsensitive'>): boolean {
  return place.scratch !== undefined && isWithin(path, place.scratch, facts);
}

function isStore(below: string, facts: Pick<Facts, 'caseInsensitive'>): boolean {
  const mine = folded(below, facts);
  return homeStores.some((store) => {
    const other = folded(store, facts);
    if (!other.endsWith('/')) return mine === other;
    return mine === other.slice(0, -1) || mine.startsWith(other);
  });
}

/** Names that a glob is tried against where the folder cannot be listed. */
const namesToTry = [
  '.env',
  '.env.local',
  '.env.production',
  '.netrc',
  '.npmrc',
  '.ssh',
  '.aws',
  '.git-credentials',
  '.bash_history',
  'id_rsa',
  'id_ed25519',
  'server.pem',
  'server.key',
  'private.key',
  'credentials',
  'credentials.json',
  'secrets.yml',
  'secrets.json',
  'terraform.tfstate',
];

/**
 * Whether a glob that cannot be expanded here names secrets: `.e*`, `id_*`, `*.pem`. A pattern that takes every plain name
 * (`*`, `*.*`) does not by itself.
 * @param matches tells whether the pattern matches a name.
 */
export function globNamesSecrets(pattern: string, matches: (name: string) => boolean): boolean {
  if (/^[*?.]+$/.test(pattern) && !pattern.startsWith('.')) return false;
  return namesToTry.some(matches);
}
