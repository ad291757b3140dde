import type { Observed } from './observe';

/**
 * Places whose reading says nothing, because every program start or name look-up reads them. Kept narrow: what is not listed here
 * has to be predicted.
 */
const systemFolders = [
  // Programs and libraries, the same for everybody on the machine.
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/opt/node',
  // What programs ask of the processor and of the kernel's limits.
  '/sys/devices/system',
  '/sys/fs/cgroup',
  '/sys/kernel/mm',
];

/** Read by the loader, the C library and the locale. */
const systemFiles =
  /^\/etc\/(?:ld\.so\.(?:cache|preload)|nsswitch\.conf|ldap\/ldap\.conf|passwd|group|localtime|timezone|locale\.alias|host\.conf|hosts|resolv\.conf|gai\.conf|services|protocols|networks|inputrc|os-release|debian_version|mime\.types|magic(?:\.mime)?|papersize|bash\.bashrc|gitconfig|curlrc|wgetrc|npmrc|pip\.conf|manpath\.config|groff(?:\/.*)?|java[\w-]*(?:\/.*)?|alternatives(?:\/.*)?|ssl(?:\/.*)?|terminfo(?:\/.*)?|python3?(?:\.\d+)?(?:\/.*)?|perl(?:\/.*)?|gdb(?:\/.*)?|ImageMagick-\d(?:\/.*)?|fonts(?:\/.*)?|vim(?:\/.*)?|postgresql(?:-common)?(?:\/.*)?|iproute2(?:\/.*)?|gss\/mech\.d|ld\.so\.conf(?:\.d\/.*)?)$/;

/** A process reading about itself, and the kernel's general figures. */
const processFiles =
  /^\/proc(?:\/(?:self|thread-self|\d+)\/(?:net\/\w+|fd(?:\/.*)?|fdinfo(?:\/.*)?|task(?:\/.*)?|status|stat|statm|cmdline|maps|mounts|mountinfo|cgroup|oom_score_adj|exe|loginuid|comm|wchan|environ|attr\/.*|limits)|\/(?:filesystems|meminfo|cpuinfo|stat|uptime|loadavg|version|mounts|swaps|partitions|devices|tty\/drivers|sys\/(?:kernel|vm|fs|crypto)\/.*))?$/;

/** Devices that hold nothing and keep nothing, and what belongs to the open descriptors of the process itself. */
const devices =
  /^(?:\/dev\/(?:null|zero|full|random|urandom|tty|stdin|stdout|stderr|ptmx|fd(?:\/.*)?|pts\/\d+)|(?:pipe|socket|anon_inode|net):.*|\/memfd:.*)$/;

/** Services of the C library that are asked for names, and are not there. */
const nameServices =
  /^unix:\/(?:var\/)?run\/(?:nscd\/socket|systemd\/userdb\/.*|rpcbind\.sock|dbus\/system_bus_socket)$/;

/** Whether something observed is part of how every program starts, and needs no prediction. */
export function isNoise({ kind, what, line }: Observed): boolean {
  switch (kind) {
    case 'read':
    case 'list':
      return (
        isUnder(what, systemFolders) ||
        systemFiles.test(what) ||
        processFiles.test(what) ||
        devices.test(what) ||
        (/^\/(?:etc|sys)?$/.test(what) && kind === 'list')
      );
    case 'write':
    case 'touch':
      // A thread names itself, and a program lowers its own standing with the kernel.
      return (
        devices.test(what) || /^\/proc\/(?:self|thread-self|\d+)\/(?:task\/\d+\/)?(?:comm|oom_score_adj)$/.test(what)
      );
    case 'connect':
      return nameServices.test(what);
    case 'kill':
      // A program that ends itself says so with its own number.
      return line.includes('tgkill') || line.includes('tkill');
    default:
      return false;
  }
}

export function isUnder(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`));
}
